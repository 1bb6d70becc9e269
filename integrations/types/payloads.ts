// Of every payload: what is sent is a draft as well, the types have an index signature, and a schema of the one stands for a schema of
// both, which is what libraries ask for that know only one type.
import type { StandardSchemaV1 } from "@standard-schema/spec";
import { payloads, type Payload } from "portform";

type All = typeof payloads;
type In<Name extends keyof All> = All[Name] extends Payload<infer Input, infer _Output> ? Input : never;
type Out<Name extends keyof All> = All[Name] extends Payload<infer _Input, infer Output> ? Output : never;

/** The names of payloads of which this does not hold. */
type NoDraft = { [Name in keyof All]: Out<Name> extends In<Name> ? never : Name }[keyof All];
type NoRecord = { [Name in keyof All]: In<Name> extends Record<string, unknown> ? (Out<Name> extends Record<string, unknown> ? never : Name) : Name }[keyof All];
type NoSchema = { [Name in keyof All]: All[Name] extends StandardSchemaV1<In<Name>> ? never : Name }[keyof All];

export const none: readonly [NoDraft, NoRecord, NoSchema][] = [];
export const proof: [NoDraft, NoRecord, NoSchema] extends [never, never, never] ? true : [NoDraft, NoRecord, NoSchema] = true;
