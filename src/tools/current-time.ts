/** `current_time`: the date and the time somewhere, which a model cannot know. */

import { z } from 'zod';
import { BotError } from '../errors.ts';
import { isTimeZone, localTime } from '../local-time.ts';
import { createTool, type Tool } from './tool.ts';

const schema = z.object({
	place: z
		.string()
		.max(100)
		.optional()
		.describe(
			'A time zone of the IANA database such as America/Lima, or a large city by its English name; the person’s own place when left out.',
		),
});

export const currentTime: Tool = createTool({
	name: 'current_time',
	description:
		'Gives the date, the day of the week and the time of day in a place. Call it whenever an answer depends on what time it is elsewhere.',
	schema,
	async run({ place }, { now, timeZone }) {
		const zone = place === undefined || place.trim() === '' ? timeZone : zoneOf(place);
		if (zone === null) {
			throw new BotError('NOT_FOUND', 'There is no time zone or city of this name. Give a time zone such as Europe/Madrid.');
		}
		const { at, weekday } = localTime(now, zone);
		return { data: { time_zone: zone, weekday, date_and_time: at } };
	},
});

/** Zones are named after the largest city in them, its spaces as underscores. */
function zoneOf(place: string): string | null {
	const wanted = place.trim();
	if (isTimeZone(wanted)) return wanted;
	const city = plain(wanted.split(',', 1)[0] ?? '');
	return Intl.supportedValuesOf('timeZone').find((zone) => plain(zone.split('/').at(-1) ?? '') === city) ?? null;
}

function plain(name: string): string {
	return name
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.replace(/[\s_-]+/g, ' ')
		.trim()
		.toLowerCase();
}
