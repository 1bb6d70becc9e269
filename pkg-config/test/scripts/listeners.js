// Listeners that edit, come and go while they are told, and throw. Each script is given the package and a way to see what listeners
// threw, and gives what it saw beside what is right. They run in Node and in a browser, so they import nothing.

const cycle = {
  id: "1", programme: "p", begin_date: "2027-02-01", end_date: "2027-02-10", education_form: "remote",
  is_budget: false, is_paid: true, is_paid_foms: false, price: 12000, has_paid_places: true, paid_places: 5,
};

/** What a change says, in short. */
const said = ({ added, removed, summary }) => `+${added.map(({ pointer, code }) => `${pointer} ${code}`)} -${removed.map(({ pointer, code }) => `${pointer} ${code}`)} =${summary.errors}`;

export const scripts = {
  "what a listener changes is told to all after what it was told of": ({ cycleCreate }) => {
    const form = cycleCreate.form(cycle);
    const [first, second] = [[], []];
    form.subscribe((changes) => {
      first.push(said(changes));
      // Mends what the person broke.
      if (form.get("/id") === "") first.push(`set ${said(form.set("/id", "mended"))}`);
    });
    form.subscribe((changes) => second.push(said(changes)));
    const own = said(form.set("/id", ""));
    const broke = "+/id required - =1";
    const mended = "+ -/id required =0";
    return [[own, first, second, form.summary().errors], [broke, [broke, `set ${mended}`, mended], [broke, mended], 0]];
  },

  "several edits of several listeners are told in the order in which they were made": ({ cycleCreate }) => {
    const form = cycleCreate.form(cycle);
    const heard = [];
    let rounds = 0;
    const editing = (name) => (changes) => {
      heard.push(`${name} ${form.version} ${said(changes)}`);
      if (rounds++ < 2) {
        form.set("/notes", `${name}${rounds}`);
        form.set("/price", rounds === 1 ? "?" : 5);
      }
    };
    form.subscribe(editing("a"));
    form.subscribe(editing("b"));
    form.set("/id", "");
    const told = ["+/id required - =1", "+ - =1", "+/price type - =2", "+ - =2", "+ -/price type =1"];
    return [
      [heard.filter((line) => line.startsWith("a")).map((line) => line.slice(4)), heard.filter((line) => line.startsWith("b")).map((line) => line.slice(4))],
      [told, told],
    ];
  },

  "a listener that never stops editing is an error, and nothing else suffers": ({ cycleCreate }, thrown) => {
    const form = cycleCreate.form(cycle);
    const other = cycleCreate.form(cycle);
    let edits = 0;
    let told = 0;
    const stop = form.subscribe(() => {
      told++;
      form.set("/price", ++edits);
    });
    let error;
    try {
      form.set("/price", 1_000_000);
    } catch (caught) {
      error = caught;
    }
    const last = form.get("/price");
    stop();
    form.set("/id", "2", { typing: true });
    other.set("/notes", "goes on");
    return [
      [error instanceof RangeError, /without end/.test(error?.message), told > 10, last < 1_000_000, form.report().valid, other.value(), cycleCreate.check(cycle).valid, cycleCreate.checkJson(JSON.stringify(cycle)).valid, thrown()],
      [true, true, true, true, true, { ...cycle, notes: "goes on" }, true, true, []],
    ];
  },

  "two forms whose listeners edit one another without end are an error as well": ({ cycleCreate }, thrown) => {
    const [one, other] = [cycleCreate.form(cycle), cycleCreate.form(cycle)];
    let edits = 0;
    one.subscribe(() => other.set("/price", ++edits));
    other.subscribe(() => one.set("/price", ++edits));
    let error;
    try {
      one.set("/price", 0.5);
    } catch (caught) {
      error = caught;
    }
    return [[error instanceof RangeError, one.report().valid, other.report().valid, thrown()], [true, true, true, []]];
  },

  "listeners that settle are no error": ({ cycleCreate }, thrown) => {
    const form = cycleCreate.form(cycle);
    let told = 0;
    form.subscribe(() => {
      told++;
      const price = form.get("/price");
      if (price > 0) form.set("/price", price - 1);
    });
    form.set("/price", 50);
    return [[form.get("/price"), told, thrown()], [0, 51, []]];
  },

  "a listener that edits a thousand fields at once is no error": ({ resultsBulkUpdate }, thrown) => {
    const form = resultsBulkUpdate.form({ cycle_id: "1", results: Array.from({ length: 1000 }, (_, at) => ({ request_number: String(at) })) });
    let told = 0;
    form.subscribe(() => {
      if (told++ === 0) for (let row = 0; row < 1000; row++) form.set(`/results/${row}/result_status`, "NOT_TRAINED");
    });
    form.set("/cycle_id", "2");
    return [[told, form.summary().errors, thrown()], [1001, 0, []]];
  },

  "setting what is there tells nobody": ({ cycleCreate }) => {
    const form = cycleCreate.form(cycle);
    let told = 0;
    form.subscribe(() => told++);
    const version = form.version;
    const { added, removed, states, shifted } = form.set("/id", "1");
    form.set("/price", 12000);
    return [[told, form.version, [added, removed, states, shifted], form.undo()], [0, version, [[], [], [], []], undefined]];
  },

  "a listener that is taken away while others are told is not called": ({ cycleCreate }) => {
    const form = cycleCreate.form(cycle);
    const heard = [];
    form.subscribe(() => {
      heard.push("first");
      stop();
    });
    const stop = form.subscribe(() => heard.push("second"));
    form.subscribe(() => heard.push("third"));
    form.set("/id", "2");
    form.set("/id", "3");
    return [heard, ["first", "third", "first", "third"]];
  },

  "a listener that takes itself away leaves the others their turn": ({ cycleCreate }) => {
    const form = cycleCreate.form(cycle);
    const heard = [];
    const stop = form.subscribe(() => {
      heard.push("once");
      stop();
    });
    form.subscribe(() => heard.push("always"));
    form.set("/id", "2");
    form.set("/id", "3");
    return [heard, ["once", "always", "always"]];
  },

  "a listener that is added while others are told hears of what comes after": ({ cycleCreate }) => {
    const form = cycleCreate.form(cycle);
    const heard = [];
    form.subscribe(() => {
      heard.push("first");
      if (heard.length === 1) {
        // This change had happened before the new one listened, and this edit comes after.
        form.set("/notes", "before");
        form.subscribe((changes) => heard.push(`new ${changes.summary.errors}`));
        form.set("/id", "");
      }
    });
    form.set("/id", "2");
    return [heard, ["first", "first", "first", "new 1"]];
  },

  "one function given twice is two listeners": ({ cycleCreate }) => {
    const form = cycleCreate.form(cycle);
    let told = 0;
    const listener = () => told++;
    const stop = form.subscribe(listener);
    form.subscribe(listener);
    form.set("/id", "2");
    stop();
    stop();
    form.set("/id", "3");
    return [told, 3];
  },

  "a listener that throws stops nobody, and its error is seen": async ({ cycleCreate }, thrown) => {
    const form = cycleCreate.form(cycle);
    const heard = [];
    form.subscribe(() => {
      throw new Error("mine");
    });
    form.subscribe(() => heard.push("heard"));
    const changes = form.set("/id", "");
    await new Promise((resolve) => setTimeout(resolve));
    return [[heard, changes.summary.errors, thrown()], [["heard"], 1, ["mine"]]];
  },

  "a listener that frees the form silences it": ({ cycleCreate }, thrown) => {
    const form = cycleCreate.form(cycle);
    const heard = [];
    form.subscribe(() => {
      heard.push("first");
      form.free();
    });
    form.subscribe(() => heard.push("second"));
    const changes = form.set("/id", "");
    let error;
    try {
      form.set("/id", "3");
    } catch (caught) {
      error = caught;
    }
    return [[heard, changes.summary.errors, error instanceof TypeError, thrown()], [["first"], 1, true, []]];
  },

  "undo, redo, replace and options are told in their turn too": ({ cycleCreate }) => {
    const form = cycleCreate.form(cycle);
    const heard = [];
    form.subscribe((changes) => {
      heard.push(said(changes));
      if (heard.length === 1) {
        form.undo();
        form.redo();
        form.setOptions({ promote: ["CYC-08"] });
        form.replace({ ...cycle, price: "?" });
      }
    });
    form.set("/id", "");
    return [[heard.length, heard.slice(0, 3), heard.at(-1)], [5, ["+/id required - =1", "+ -/id required =0", "+/id required - =1"], "+/price type -/id required =1"]];
  },
};
