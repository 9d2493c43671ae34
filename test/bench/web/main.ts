/** `npm run bench -- web`: the web's line in numbers. A tenth of what is aimed for by default; `BENCH_WEB_SHARE=1` is all of it. */

import { measureAnswers } from './answers.ts';
import { measureCompatible, measurePasswordFlood } from './doors.ts';
import { measureLists } from './lists.ts';
import { measureStreams } from './streams.ts';

const share = Number(process.env['BENCH_WEB_SHARE'] ?? 0.1);
const sized = (whole: number) => Math.max(1, Math.round(whole * share));

/** By name; each returns Markdown. */
export const webMeasures: Readonly<Record<string, () => Promise<string>>> = {
	'web answers': () => measureAnswers(sized(50)),
	'web streams': () => measureStreams(sized(1_000)),
	'web doors': async () => [await measureCompatible(sized(200)), await measurePasswordFlood(sized(20))].join('\n\n'),
	'web lists': () => measureLists({ conversations: sized(5_000), messages: sized(100_000) }),
};
