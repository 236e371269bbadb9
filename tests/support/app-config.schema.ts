import { z } from "zod";

// The keys of an app's config.yaml that the Supervisor documents, with their types (read 2026-08, release 2026.08.0).
// Unknown keys it drops silently and a wrong type makes the app vanish from the store: so this is strict.

const OPTION =
  /^(bool|email|url|port|(str|int|float|password)(\(-?[\d.]*,-?[\d.]*\))?|match\(.+\)|list\(.+\)|device(\(.+\))?)\??$/;
const option = z.string().regex(OPTION);
const glob = z
  .string()
  .regex(/^[^/]/, "matched against the host's path: an absolute pattern matches nothing");

/** `config.yaml` of an app. */
export const AppConfig = z
  .strictObject({
    name: z.string(),
    version: z.string(),
    slug: z.string().regex(/^[-_.A-Za-z0-9]+$/),
    description: z.string(),
    url: z.url(),
    image: z.string().regex(/^[a-z0-9./_-]+$/, "without a tag: the version is the tag"),
    arch: z.array(z.enum(["amd64", "aarch64"])).min(1),
    startup: z.enum(["initialize", "system", "services", "application", "once"]),
    boot: z.enum(["auto", "manual", "manual_only"]),
    init: z.boolean(),
    stage: z.enum(["stable", "experimental", "deprecated"]),
    homeassistant: z.string().regex(/^\d{4}\.\d{1,2}\.\d+$/),
    homeassistant_api: z.boolean(),
    hassio_api: z.boolean(),
    hassio_role: z.enum(["default", "homeassistant", "backup", "manager", "admin"]),
    ingress: z.boolean(),
    ingress_port: z.int(),
    ingress_entry: z.string(),
    ingress_stream: z.boolean(),
    panel_icon: z.string().regex(/^mdi:[a-z0-9-]+$/),
    panel_title: z.string(),
    panel_admin: z.boolean(),
    ports: z.record(z.string(), z.int().nullable()),
    map: z.array(z.unknown()),
    environment: z.record(z.string(), z.string()),
    options: z.record(z.string(), z.unknown()),
    schema: z.record(z.string(), option),
    timeout: z.int().min(10).max(300),
    tmpfs: z.boolean(),
    backup: z.enum(["hot", "cold"]),
    backup_pre: z.string(),
    backup_post: z.string(),
    backup_exclude: z.array(glob),
    services: z.array(z.string().regex(/^(mqtt|mysql):(provide|want|need)$/)),
    discovery: z.array(z.string()),
    apparmor: z.boolean(),
    ulimits: z.record(z.string(), z.unknown()),
    breaking_versions: z.array(z.string()),
  })
  .partial()
  .required({ name: true, version: true, slug: true, description: true, arch: true, schema: true })
  .refine(
    ({ backup, backup_pre, backup_post }) => backup !== "cold" || !(backup_pre || backup_post),
    {
      message: "hooks run in hot backups only",
    },
  )
  .refine(({ schema, options }) => hasNoDefaultForOptional(schema, options), {
    message: "an optional option must have no default",
  });

/** Keys with a default, and the default. The app linter refuses a key that is set to it. */
export const DEFAULTS: Readonly<Record<string, unknown>> = {
  startup: "application",
  boot: "auto",
  init: true,
  stage: "stable",
  homeassistant_api: false,
  hassio_api: false,
  hassio_role: "default",
  ingress: false,
  ingress_port: 8099,
  ingress_entry: "/",
  ingress_stream: false,
  panel_icon: "mdi:puzzle",
  panel_admin: true,
  timeout: 10,
  tmpfs: false,
  backup: "hot",
  apparmor: true,
};

function hasNoDefaultForOptional(
  schema: Readonly<Record<string, string>>,
  options: Readonly<Record<string, unknown>> = {},
): boolean {
  return Object.keys(options).every((key) => !schema[key]?.endsWith("?"));
}
