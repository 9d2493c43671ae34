/** The shape of what the doctor says; each language fills it, and the compiler sees to it that none lacks a sentence or an advice. */

import type { Area, Finding } from './finding.ts';

type FindingOf<Code, Found = Finding> = Found extends { code: infer Own } ? (Code extends Own ? Found : never) : never;

/** What is good needs no advice; whatever is not good says what to do. */
type SentenceOf<Found> = Found extends { level: 'good' } ? string : readonly [seen: string, advice: string];

export type Sentences = {
	[Code in Finding['code']]: (finding: FindingOf<Code>) => SentenceOf<FindingOf<Code>>;
};

export interface DoctorWords {
	areas: Record<Area, string>;
	sentences: Sentences;
	/** The last line. */
	summary(counts: { bad: number; warnings: number }): string;
	/** When the command line cannot be read. */
	usage: string;
	/** When the doctor itself has failed; `reason` is the name of the error. */
	failed(reason: string): string;
}
