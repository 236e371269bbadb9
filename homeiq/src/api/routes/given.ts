import { z } from "zod";
import { AnyJson } from "../automation-draft-answers.ts";

/** What forms give, by name: for a blueprint's inputs and a script's fields. It came as JSON, so any is JSON. */
export const Given = z.record(z.string().max(255), AnyJson);
