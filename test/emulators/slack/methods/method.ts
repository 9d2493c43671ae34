/** What a Web API method is inside the emulator. */

import type { Core } from '../core.ts';
import type { Json } from '../types.ts';

/** Gets the arguments without the token and gives the answer without `ok`. @throws SlackFailure for `ok: false`. */
export type Method = (core: Core, given: Json) => Json;

export type Methods = Readonly<Record<string, Method>>;
