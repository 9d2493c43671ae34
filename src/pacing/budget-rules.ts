/** The rules of a shared call budget as values: windows with their margin, the shrinking of limits, and the time limits of a slot. */

import { BotError } from '../errors.ts';
import type { BudgetWindow } from '../platform/capabilities.ts';
import type { BudgetRequest } from './budgets.ts';

/** A call that nobody settles counts as made "now" for this long after it was taken; by then any request of ours has timed out. */
export const IN_FLIGHT_MS = 30_000;

/** How long one "too many" keeps the limit a fifth lower. */
export const PENALTY_MS = 600_000;

/** How long after each other the penalties of one lesson end: what was too much is tried again in small steps. */
export const RECOVERY_STEP_MS = 120_000;

/** More penalties than this change nothing: 0.8^20 leaves about a hundredth. Also keeps 5^n exact in a double (n ≤ 22). */
export const MAX_PENALTIES = 20;

/**
 * Windows are counted a little longer than the platform states them: the platform stamps a call on its own clock, at a moment we see only
 * through the network, so a call that looks just outside the window to us may still be inside it over there. A second hides that jitter
 * and costs little of a long window; short windows could not spare a second, and are refilled soon after a mistake.
 */
const LONG_WINDOW_MARGIN_MS = 1_000;
const SHORT_WINDOW_MARGIN_MS = 50;
const LONG_WINDOW_MS = 10_000;

/** One window as it is counted: `spanMs` is the stated length plus the margin. */
export interface CountedWindow {
	limit: number;
	spanMs: number;
	/**
	 * Whether reservations count in it. In a short window they would only keep others waiting: it is refilled by the time that an end comes,
	 * which goes before everything else anyway.
	 */
	keepsSlots: boolean;
	/** Whether penalties lower its limit. */
	shrinks: boolean;
	/** It counts only from so many calls within the longest window on: what is promised needs no restraint of ours. */
	countsFrom: number;
}

/** The windows of a budget as they are counted. Throws `INTERNAL` when there is none: what is not rationed needs no slot. */
export function countedWindows(budget: BudgetRequest): CountedWindow[] {
	if (budget.windows.length === 0) throw new BotError('INTERNAL', 'A budget needs at least one window.');
	return budget.windows.map(({ limit, windowMs }) => {
		const isLong = windowMs >= LONG_WINDOW_MS;
		const { promised } = budget;
		return {
			limit,
			spanMs: windowMs + marginMs(windowMs),
			keepsSlots: isLong,
			shrinks: promised === undefined || isLong,
			countsFrom: isLong ? 0 : (promised ?? 0),
		};
	});
}

/** `limit × 0.8^penalties`, rounded down, at least 1. In whole numbers, so that memory and Lua never differ by a rounding. */
export function shrunkLimit(limit: number, penalties: number): number {
	const power = Math.min(penalties, MAX_PENALTIES);
	return Math.max(1, Math.floor((limit * 4 ** power) / 5 ** power));
}

/** The same budget with half the limits (at least 1), for a process that cannot see what the others spend. */
export function halvedBudget(budget: BudgetRequest): BudgetRequest {
	const halve = ({ limit, windowMs }: BudgetWindow): BudgetWindow => ({ limit: Math.max(1, Math.floor(limit / 2)), windowMs });
	const promised = budget.promised === undefined ? {} : { promised: Math.floor(budget.promised / 2) };
	return { key: budget.key, windows: budget.windows.map(halve), ...promised };
}

/**
 * How many penalties one refusal adds to the `earlier` ones. `answered`: the calls of the longest window that had their answer before it. Fewer
 * than promised, they say nothing of the limit.
 */
export function lessonSize({ limit }: CountedWindow, promised: number | undefined, earlier: number, answered: number): number {
	let penalties = 1;
	if (promised === undefined || answered < promised) return penalties;
	while (earlier + penalties < MAX_PENALTIES && shrunkLimit(limit, earlier + penalties) > answered) penalties += 1;
	return penalties;
}

function marginMs(windowMs: number): number {
	return windowMs >= LONG_WINDOW_MS ? LONG_WINDOW_MARGIN_MS : SHORT_WINDOW_MARGIN_MS;
}
