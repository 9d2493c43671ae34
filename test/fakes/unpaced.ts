/** A pacer that lets everything through at once, for tests of what is sent and not of when. */

import type { Pacer } from '#src/pacing/pacer.ts';

export const unpaced = (): Pick<Pacer, 'run'> => ({ run: (_call, _signal, send) => send() });
