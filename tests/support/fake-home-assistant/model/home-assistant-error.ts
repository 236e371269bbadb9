/** Texts that the frontend would translate. */
export interface Translation {
  readonly key: string;
  readonly domain: string;
  readonly placeholders: Readonly<Record<string, unknown>>;
}

/** A refusal, with the code that goes on the wire. */
export class HomeAssistantError extends Error {
  readonly code: string;
  readonly translation: Translation | undefined;

  constructor(code: string, message: string, translation?: Translation) {
    super(message);
    this.name = "HomeAssistantError";
    this.code = code;
    this.translation = translation;
  }
}
