/** The figures of a bench as Markdown. Pure. */

import type { Measured } from './scenario.ts';

export function table(results: readonly Measured[]): string {
	const head = [
		'condition',
		'sign p95',
		'first text p50 / p95',
		'lag mean / p95',
		'final p50 / p95 / max',
		'whole',
		'calls',
		'429',
		'CPU ms/reply',
		'RSS MiB',
	];
	return [row(head), row(head.map(() => '---')), ...results.map((result) => row(cells(result)))].join('\n');
}

function cells({ scenario, sign, firstText, lag, final, whole, calls, limited, cpuMsPerReply, residentMiB }: Measured): string[] {
	return [
		scenario.name,
		seconds(quantile(sign, 0.95)),
		`${seconds(quantile(firstText, 0.5))} / ${seconds(quantile(firstText, 0.95))}`,
		`${seconds(mean(lag))} / ${seconds(quantile(lag, 0.95))}`,
		`${seconds(quantile(final, 0.5))} / ${seconds(quantile(final, 0.95))} / ${seconds(Math.max(...final))}`,
		`${whole}/${scenario.replies}`,
		String(calls),
		String(limited),
		cpuMsPerReply.toFixed(0),
		residentMiB.toFixed(0),
	];
}

function row(values: readonly string[]): string {
	return `| ${values.join(' | ')} |`;
}

function seconds(value: number): string {
	return Number.isFinite(value) ? value.toFixed(2) : 'never';
}

function mean(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The smallest value that at least this share of the values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((left, right) => left - right);
	return sorted[Math.max(Math.ceil(sorted.length * share) - 1, 0)] ?? Number.NaN;
}
