/** Findings as lines of text: one each, without secrets, without anything that a terminal would obey. Pure. */

import type { Area, Finding, Level } from './finding.ts';
import type { DoctorWords } from './words.ts';

export interface Examined {
	area: Area;
	findings: readonly Finding[];
}

const marks: Record<Level, string> = { good: '✅', note: 'ℹ️ ', warning: '⚠️ ', bad: '❌' };

/** @param secrets What must not be shown, however it got into a finding. */
export function report(examined: readonly Examined[], words: DoctorWords, secrets: readonly string[]): string {
	const lines = examined.flatMap(({ area, findings }) => findings.map((finding) => lineOf(area, finding, words)));
	const count = (level: Level) => examined.flatMap(({ findings }) => findings).filter((finding) => finding.level === level).length;
	const summary = words.summary({ bad: count('bad'), warnings: count('warning') });
	return [...lines.map((line) => harmless(line, secrets)), '', summary, ''].join('\n');
}

/** 1 when something is wrong; what only deserves a look is no failure. */
export function exitCodeOf(examined: readonly Examined[]): 0 | 1 {
	return examined.some(({ findings }) => findings.some(({ level }) => level === 'bad')) ? 1 : 0;
}

function lineOf(area: Area, finding: Finding, words: DoctorWords): string {
	// The compiler cannot see that a code's function takes the finding of that code.
	const say = words.sentences[finding.code] as (finding: Finding) => string | readonly [string, string];
	const said = say(finding);
	const sentence = typeof said === 'string' ? said : `${said[0]} → ${said[1]}`;
	return `${marks[finding.level]} ${words.areas[area]}: ${sentence}`;
}

/** Names and reasons come from servers. */
function harmless(line: string, secrets: readonly string[]): string {
	const plain = line.replace(/[\p{Cc}\p{Bidi_Control}]/gu, ' ');
	return secrets.reduce((text, secret) => text.replaceAll(secret, '•••'), plain);
}
