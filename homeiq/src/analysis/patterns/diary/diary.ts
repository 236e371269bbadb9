export { type Phase, phaseOf } from "./phase.ts";
export { createDiary, type Diary, type DiaryStream } from "./streams.ts";
export { createCounter, createUsual, type Moments, type Span, type Usual } from "./usual.ts";
