export { type Phase, phaseOf } from "./phase.ts";
export { type Diary, type DiaryStream, diaryOf, LEAST_ACTS } from "./streams.ts";
export { createCounter, type Moments, type Span, type Usual, usualOf } from "./usual.ts";
