// The page in Angular: signals, without zone.js.
import "@angular/compiler";
import { ChangeDetectionStrategy, Component, input, provideZonelessChangeDetection, signal } from "@angular/core";
import { bootstrapApplication } from "@angular/platform-browser";
import { resultsBulkUpdate, type Form, type Options } from "portform";
import { useField, useForm, useRows, useSubmit, useSummary } from "portform/angular";
import { client, draft, rendered, watched } from "../shared";

@Component({
  selector: "app-text",
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div [attr.data-field]="pointer()">
      <label [attr.for]="field().id">{{ label() }}</label>
      <input [id]="field().id" [name]="field().inputProps.name" [value]="field().text" (input)="field().enter($event)" (blur)="field().touch()"
        [attr.aria-invalid]="field().inputProps['aria-invalid']" [attr.aria-describedby]="field().inputProps['aria-describedby']"
        [attr.aria-required]="field().inputProps['aria-required']" />
      @if (field().shown.length > 0) {
        <p [id]="field().messagesId">@for (issue of field().shown; track issue) {{{ issue.message }} }</p>
      }
      {{ count() }}
    </div>
  `,
})
class Text {
  readonly form = input.required<Form<unknown>>();
  readonly pointer = input.required<string>();
  readonly label = input.required<string>();
  readonly field = useField(this.form, this.pointer);
  count(): string {
    rendered(this.pointer());
    return "";
  }
}

@Component({
  selector: "app-page",
  imports: [Text],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <main>
      <button id="locale" (click)="options.set({ locale: 'en' })">{{ options().locale }}</button>
      <button id="page" (click)="title.set(title() + 1)">{{ title() }}</button>
      <app-text [form]="form" pointer="/cycle_id" label="Cycle" />
      <select [value]="choice().text" (change)="choice().enter($event)">
        <option value=""></option>
        <option value="SUCCEED">yes</option>
        <option value="NOT_TRAINED">no</option>
      </select>
      <fieldset>
        <input type="checkbox" [checked]="check().checked" (change)="check().enter($event)" />
        <input type="radio" name="radio" [checked]="check().value === true" (change)="check().set(true)" />
        <input type="radio" name="radio" [checked]="check().value === false" (change)="check().set(false)" />
        <output>{{ "" + check().value }}</output>
      </fieldset>
      <output id="summary">{{ summary().errors }} {{ summary().warnings }} {{ summary().notes }}</output>
      <form novalidate (submit)="$event.preventDefault(); submission().submit()">
        <button id="submit" [disabled]="submission().pending">Submit</button>
        <button id="again" type="button" (click)="again()">Again</button>
        <button id="reset" type="button" (click)="submission().reset()">Reset</button>
        <output id="outcome">{{ submission().pending ? "pending" : (submission().outcome?.kind ?? "none") }}</output>
      </form>
      <ol>
        @for (row of rows(); track row.key) {
          <li><app-text [form]="form" [pointer]="row.pointer + '/request_number'" [label]="'Number ' + row.key" /></li>
        }
      </ol>
    </main>
  `,
})
class Page {
  readonly options = signal<Options>({ locale: "ru" });
  readonly title = signal(0);
  readonly form = watched(useForm(resultsBulkUpdate, draft(), this.options));
  readonly choice = useField(this.form, "/results/0/result_status");
  readonly check = useField(this.form, "/results/0/attended");
  readonly rows = useRows(this.form, "/results");
  readonly summary = useSummary(this.form);
  readonly submission = useSubmit(this.form, client);
  constructor() {
    window.form = this.form;
  }
  again(): void {
    void this.submission().submit().catch(() => undefined);
  }
}

@Component({
  selector: "app-root",
  imports: [Page],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<button id="toggle" (click)="shown.set(!shown())">Toggle</button> @if (shown()) {<app-page />}`,
})
class App {
  readonly shown = signal(true);
}

const root = document.getElementById("app") as HTMLElement;
root.append(document.createElement("app-root"));
void bootstrapApplication(App, { providers: [provideZonelessChangeDetection()] });
