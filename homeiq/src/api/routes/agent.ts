import { Hono } from "hono";
import { z } from "zod";
import {
  type Agent,
  AgentSettings,
  ANSWERS,
  LOG_EVENTS,
  PROPOSAL_KINDS,
  PROPOSAL_STATUSES,
  TaskChange,
} from "#ai/agent/agent.ts";
import { dropAbsent } from "#foundation/absent.ts";
import {
  ActionAnswer,
  AgentAnswer,
  AgentLogAnswer,
  ProposalAnswer,
  ProposalsAnswer,
  RemovedAnswer,
  SettingsAnswer,
  TaskAnswer,
  TaskRunAnswer,
  TaskRunsAnswer,
  TasksAnswer,
} from "../agent-answers.ts";
import { answer } from "../answer.ts";
import { describe } from "../describe.ts";
import { commaList, count, validate } from "../validate.ts";
import { adminOnly, type VisitorEnv } from "../visitor.ts";
import { personOf } from "./automations.ts";

const Id = z.object({ id: z.string() }); // of what is none the agent says so: 404
const ProposalsQuery = z
  .object({ status: commaList(z.enum(PROPOSAL_STATUSES)), limit: count(200, 50) })
  .strict();
const LogQuery = z
  .object({
    limit: count(200, 50),
    before: z.coerce.number().int().positive().optional(),
    event: commaList(z.enum(LOG_EVENTS)),
    kind: z.enum(PROPOSAL_KINDS).optional(),
    proposal: z.string().max(64).optional(),
  })
  .strict();
const Answered = z.object({ answer: z.enum(ANSWERS) }).strict();
const RunsQuery = z.object({ limit: count(200, 20) }).strict();

interface Deps {
  readonly agent: Agent;
}

/** `/api/v1/agent` */
export const agentRoutes = ({ agent }: Deps) =>
  new Hono<VisitorEnv>()
    .get("/", describe("The agent: how it is set, and how it did", AgentAnswer), (c) =>
      answer(c, agent.status()),
    )
    .put(
      "/settings",
      describe("Sets the agent; what is left out is the usual", SettingsAnswer),
      adminOnly,
      validate("json", AgentSettings),
      (c) => answer(c, agent.saveSettings(c.req.valid("json"), personOf(c.get("visitor")))),
    )
    .get(
      "/proposals",
      describe("What it noticed, newest first, with what was done", ProposalsAnswer),
      validate("query", ProposalsQuery),
      (c) => {
        const { status, limit } = c.req.valid("query");
        return answer(c, {
          proposals: agent.proposals({ limit, ...dropAbsent({ statuses: status }) }),
        });
      },
    )
    .post(
      "/proposals/:id/answer",
      describe("Does it, or not now, or never", ProposalAnswer),
      adminOnly,
      validate("param", Id),
      validate("json", Answered),
      async (c) =>
        answer(
          c,
          await agent.answer(
            c.req.valid("param").id,
            c.req.valid("json").answer,
            personOf(c.get("visitor")),
          ),
        ),
    )
    .post(
      "/actions/:id/undo",
      describe("Brings back the states from before, unless somebody changed them", ActionAnswer),
      adminOnly,
      validate("param", Id),
      async (c) => answer(c, await agent.undo(c.req.valid("param").id, personOf(c.get("visitor")))),
    )
    .delete(
      "/silences/:id",
      describe("Lets it speak of this again", RemovedAnswer),
      adminOnly,
      validate("param", Id),
      (c) => {
        agent.unsilence(c.req.valid("param").id, personOf(c.get("visitor")));
        return answer(c, { removed: true as const });
      },
    )
    .get(
      "/log",
      describe("All that it noticed, decided, said, heard and did, newest first", AgentLogAnswer),
      validate("query", LogQuery),
      (c) => {
        const { limit, before, event, kind, proposal } = c.req.valid("query");
        const filter = dropAbsent({ before, events: event, kind, proposalId: proposal });
        return answer(c, agent.log({ limit, ...filter }));
      },
    )
    .get("/tasks", describe("What it says at set times", TasksAnswer), (c) =>
      answer(c, { tasks: agent.tasks.list() }),
    )
    .post(
      "/tasks",
      describe("Adds a task", TaskAnswer, 201),
      adminOnly,
      validate("json", TaskChange),
      (c) => answer(c, agent.tasks.add(c.req.valid("json"), personOf(c.get("visitor"))), 201),
    )
    .put(
      "/tasks/:id",
      describe("Changes a task, or turns it on or off", TaskAnswer),
      adminOnly,
      validate("param", Id),
      validate("json", TaskChange),
      (c) => {
        const { id } = c.req.valid("param");
        return answer(c, agent.tasks.change(id, c.req.valid("json"), personOf(c.get("visitor"))));
      },
    )
    .delete(
      "/tasks/:id",
      describe("Removes a task with its history", RemovedAnswer),
      adminOnly,
      validate("param", Id),
      (c) => {
        agent.tasks.remove(c.req.valid("param").id, personOf(c.get("visitor")));
        return answer(c, { removed: true as const });
      },
    )
    .post(
      "/tasks/:id/run",
      describe("Says it now", TaskRunAnswer),
      adminOnly,
      validate("param", Id),
      async (c) =>
        answer(c, await agent.tasks.run(c.req.valid("param").id, personOf(c.get("visitor")))),
    )
    .get(
      "/tasks/:id/runs",
      describe("What it said before, newest first", TaskRunsAnswer),
      validate("param", Id),
      validate("query", RunsQuery),
      (c) =>
        answer(c, {
          runs: agent.tasks.runs(c.req.valid("param").id, c.req.valid("query").limit),
        }),
    );
