// portform as a contestant: the package by its public name. "To all issues" is that each has been looked at.
import { programmeCreate, resultsBulkUpdate } from "portform";
import { path as steps } from "../places.js";

function contestant(payload) {
  const read = (issue) => issue.pointer.length + issue.message.length;
  const list = (issues) => issues.map((issue) => [steps(issue.pointer), issue.code]);
  return {
    run: (value) => payload.check(value).issues,
    runText: (text) => payload.checkJson(text).issues,
    read,
    list,
  };
}

export const portform = { results: contestant(resultsBulkUpdate), programme: contestant(programmeCreate) };
