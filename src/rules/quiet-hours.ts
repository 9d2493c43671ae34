/** Whether a place is in its quiet hours. Pure. */

import { localTime } from '../local-time.ts';
import type { QuietHours } from './place-rules.ts';

/** @param homeZone of the installation. */
export function isQuiet({ from, to, zone }: QuietHours, now: Date, homeZone: string): boolean {
	const minute = minuteOfDay(localTime(now, zone ?? homeZone).at.slice(-5));
	if (minute === null) return false;
	return from <= to ? from <= minute && minute < to : from <= minute || minute < to;
}

/** `7`, `07:00` or `22:30`, as minutes of the day; null for anything else. */
export function minuteOfDay(typed: string): number | null {
	const [, hour, minute = '0'] = /^(\d{1,2})(?::(\d{2}))?$/.exec(typed) ?? [];
	if (hour === undefined || Number(hour) > 23 || Number(minute) > 59) return null;
	return Number(hour) * 60 + Number(minute);
}

/** As a clock shows it: `07:00`. */
export function clockTime(minute: number): string {
	return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
