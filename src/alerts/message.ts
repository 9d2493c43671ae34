/** What the operations channel reads of several alerts: in Markdown, in its language. */

import type { Language, Words } from '../locales/locales.ts';
import type { Alert } from './notification.ts';

export interface Told {
	kind: 'firing' | 'resolved' | 'lasting';
	alerts: readonly Alert[];
}

/** Fits into the smallest message of all platforms (2,000 characters on Discord), headings and all. */
const mostLines = 8;
const mostCharacters = 200;

export function alertsText(told: readonly Told[], more: number, { words, language }: { words: Words; language: Language }): string {
	let left = mostLines;
	let untold = more;
	const parts: string[] = [];
	for (const { kind, alerts } of told) {
		if (alerts.length === 0) continue;
		const shown = alerts.slice(0, left);
		left -= shown.length;
		untold += alerts.length - shown.length;
		const lines = shown.map((alert) => `- ${lineOf(alert, kind, { words, language })}`);
		if (lines.length > 0) parts.push(words.alerts[kind](alerts.length), lines.join('\n'));
	}
	if (untold > 0) parts.push(words.alerts.more(untold));
	return parts.join('\n\n');
}

/** Of what is over nobody has to be told what to do. */
function lineOf({ labels, annotations }: Alert, kind: Told['kind'], { words, language }: { words: Words; language: Language }): string {
	const said = annotations[`summary_${language}`] ?? annotations['summary'] ?? annotations['description'];
	const sentence = oneLine(said ?? words.alerts.unnamed(labels['alertname'] ?? '?'));
	if (kind === 'resolved') return /^.*?\.(?=\s|$)/.exec(sentence)?.[0] ?? sentence;
	return labels['severity'] === 'critical' ? `**${words.alerts.urgent}** · ${sentence}` : sentence;
}

function oneLine(text: string): string {
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length <= mostCharacters ? line : `${line.slice(0, mostCharacters)}…`;
}
