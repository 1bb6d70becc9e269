// The data that every contestant gets: results of a cycle by number of rows and share of bad ones, and one full programme.
// The same arguments always give the same data. It knows the payloads' fields, and nothing of any contestant.

/** Shares of bad rows, as they are named on the command line and in the results. */
export const SHARES = { valid: 0, "1 % bad": 0.01, "100 % bad": 1 };

/** Small whole numbers without a pattern in them, the same ones at every run (mulberry32). */
function numbers(seed) {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const CYCLE = "3f0c2a51-7d0e-4b8e-9a51-0c1d2e3f4a5b";

function row(index, next) {
  const kind = next(100);
  const request_number = `2026-${String(index + 1).padStart(7, "0")}`;
  if (kind < 8) return { request_number, attended: false, result_status: "NOT_TRAINED", attendance: 0, certificate_applied: false };
  const failed = kind < 20;
  const base = {
    request_number,
    attended: true,
    result_status: failed ? "FAILED" : "SUCCEED",
    attendance: 60 + next(41),
    practical_skills: 1 + next(5),
    interview: 1 + next(5),
    case_solving: 1 + next(5),
    test_percentage: next(101),
    test_mark: failed ? 1 + next(2) : 3 + next(3),
  };
  if (!failed) base.certificate = `ПК 77 № ${String(100000 + index).padStart(8, "0")}`;
  base.certificate_applied = next(2) === 1;
  if (next(10) === 0) base.cycle_id = CYCLE;
  return base;
}

/** A row that was taught and passed, for faults that need one. */
function passed(index) {
  return {
    request_number: `2026-${String(index + 1).padStart(7, "0")}`,
    attended: true,
    result_status: "SUCCEED",
    attendance: 96,
    practical_skills: 5,
    interview: 4,
    case_solving: 5,
    test_percentage: 92,
    test_mark: 5,
    certificate: `ПК 77 № ${String(100000 + index).padStart(8, "0")}`,
    certificate_applied: false,
  };
}

/** One fault each; the rows of bad data take them in turn. */
export const FAULTS = [
  (row) => ({ ...row, test_mark: 7 }),
  ({ request_number, ...row }) => row,
  (row, first) => ({ ...row, request_number: first }),
  (row) => ({ ...row, attended: "maybe" }),
  (row) => ({ ...row, result_status: "PASSED" }),
  (row) => ({ ...row, attendance: -1 }),
  (row) => ({ ...row, attendance: 140 }),
  (row) => ({ ...row, practical_skills: 6 }),
  (row) => ({ ...row, interview: 2.5 }),
  (row) => ({ ...row, test_percentage: 101 }),
  ({ test_mark, ...row }) => row,
  (row) => ({ ...row, result_status: "FAILED", test_mark: 2 }),
  (row) => ({ ...row, attended: false }),
  (row) => ({ ...row, test_mark: 2 }),
  (row) => ({ ...row, remark: "x" }),
  (row) => ({ ...row, cycle_id: "another" }),
  ({ test_mark, ...row }) => ({ ...row, result_status: "NOT_TRAINED", attended: false, certificate: "", interview: null, test_percentage: 0 }),
  (row) => ({ ...row, case_solving: {} }),
  (row) => ({ ...row, request_number: " " }),
];

/** The body of `results.bulk_update` with so many rows, of which this share is bad. */
export function results(count, share = 0) {
  const next = numbers(20_260_101);
  const every = share === 0 ? 0 : Math.round(1 / share);
  const first = passed(0).request_number;
  let bad = 0;
  const rows = Array.from({ length: count }, (_, index) => {
    const good = row(index, next);
    if (every === 0 || index % every !== every >> 1) return good;
    return FAULTS[bad++ % FAULTS.length](passed(index), first);
  });
  return { cycle_id: CYCLE, results: rows };
}

/** A programme with every part filled in. */
export function programme() {
  const id = (last) => `7ae1cf44-62f8-4e0f-9ce6-${String(last).padStart(12, "0")}`;
  return {
    change_comment: "Уточнён объём симуляционного обучения",
    program_number: "ДПП-2026-0117",
    name: "Неотложная помощь при острых состояниях в практике врача-терапевта участкового",
    development_year: 2026,
    volume_zet_total: 36,
    volume_zet_extramural: 12,
    is_budget: true,
    is_paid: true,
    is_paid_foms: true,
    price_reason: "Приказ ректора № 14 от 12.01.2026",
    education_form: "semiremote",
    annotation: "Программа посвящена диагностике и неотложной помощи при острых состояниях на догоспитальном этапе. ".repeat(3).trim(),
    organization_unit: "Кафедра поликлинической терапии",
    internet_link: "https://example.org/programmes/117",
    is_new_competency: true,
    new_competency_desc: "Готовность к оказанию помощи при остановке кровообращения",
    is_simulation: true,
    simulation: { volume: 6, equipment: true, description: "Базовая сердечно-лёгочная реанимация на тренажёре" },
    is_internship: true,
    internship: { volume: 6, description: "Работа в приёмном отделении", location: "Городская больница № 1", mentor: "Заведующий отделением" },
    is_remote: true,
    remote: { volume: 12, description: "Лекции и тесты на портале" },
    is_network: true,
    network: { participants: 3, organizations: ["Медицинский университет", "Областная больница"] },
    prices: [
      { price: 12000, start_date: "2026-01-01", comment: "Для групп от пяти человек" },
      { price: 12500.5, start_date: "2026-07-01" },
    ],
    prices_foms: [{ price: 9800, start_date: "2026-01-01" }],
    specialities: [
      {
        name: "Терапия",
        main: true,
        all_partitions: false,
        programmes: [
          { id: id(1), umk: [{ id: id(11), partitions: [{ id: id(111) }, { id: id(112) }] }, { id: id(12) }] },
          { id: id(2), umk: [{ id: id(21), partitions: [{ id: id(211) }] }] },
        ],
      },
      { name: "Общая врачебная практика (семейная медицина)", main: false, all_partitions: true },
    ],
  };
}
