/** How long a model stays in memory after a request. */

import { HttpRefusal } from './exchange.ts';

/** OLLAMA_KEEP_ALIVE: five minutes. */
const DEFAULT_KEEP_ALIVE_MS = 300_000;

/** Request values: seconds as a number, a Go duration as a string, negative for ever. */
export function keepAliveMs(value: number | string | undefined): number {
	if (value === undefined) return DEFAULT_KEEP_ALIVE_MS;
	const durationMs = typeof value === 'number' ? value * 1000 : goDurationMs(value);
	return durationMs < 0 ? Number.POSITIVE_INFINITY : durationMs;
}

function goDurationMs(text: string): number {
	const unitMs: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
	const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
	if (!/^-?(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/.test(text)) throw new HttpRefusal(400, `time: missing unit in duration "${text}"`);
	const sum = parts.reduce((total, [, amount, unit]) => total + Number(amount) * (unitMs[unit ?? 's'] ?? 0), 0);
	return text.startsWith('-') ? -sum : sum;
}
