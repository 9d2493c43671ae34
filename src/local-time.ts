/** What the clock on the wall of a time zone shows. Pure. */

export interface LocalTime {
	/** To the minute: `2026-11-30 08:30`. */
	at: string;
	/** In English: `Monday`. */
	weekday: string;
}

/** Making one takes longer than a hundred uses. There are some 600 zones. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether there is such a time zone; a name of the IANA database, or of older days. */
export function isTimeZone(name: string): boolean {
	try {
		formatOf(name);
		return true;
	} catch {
		return false;
	}
}

/** UTC for a zone that there is not. */
export function localTime(time: Date, timeZone: string): LocalTime {
	const format = formatOf(isTimeZone(timeZone) ? timeZone : 'UTC');
	const parts = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]));
	const { year, month, day, hour, minute, weekday = '' } = parts;
	return { at: `${year}-${month}-${day} ${hour}:${minute}`, weekday };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
	const known = formats.get(timeZone);
	if (known !== undefined) return known;
	const digits = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
	const made = new Intl.DateTimeFormat('en-GB', { ...digits, weekday: 'long', hourCycle: 'h23', timeZone });
	formats.set(timeZone, made);
	return made;
}
