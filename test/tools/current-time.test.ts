import { describe, expect, it } from 'vitest';
import { currentTime } from '#src/tools/current-time.ts';
import { toolContext } from './tool-fixture.ts';

const signal = new AbortController().signal;
const context = toolContext({ now: new Date('2030-05-04T21:30:00Z'), timeZone: 'Europe/Madrid' });

describe('current_time', () => {
	it.each([
		['America/Lima', 'America/Lima', '2030-05-04 16:30', 'Saturday'],
		['Lima', 'America/Lima', '2030-05-04 16:30', 'Saturday'],
		['lima, Peru', 'America/Lima', '2030-05-04 16:30', 'Saturday'],
		['Bogotá', 'America/Bogota', '2030-05-04 16:30', 'Saturday'],
		['new york', 'America/New_York', '2030-05-04 17:30', 'Saturday'],
		['Asia/Tokyo', 'Asia/Tokyo', '2030-05-05 06:30', 'Sunday'],
		['', 'Europe/Madrid', '2030-05-04 23:30', 'Saturday'],
	])('knows what time it is in “%s”', async (place, zone, at, weekday) => {
		const { data } = await currentTime.run({ place }, context, signal);
		expect(data).toEqual({ time_zone: zone, date_and_time: at, weekday });
	});

	it('is that of the person without a place', async () => {
		expect((await currentTime.run({}, context, signal)).data).toMatchObject({ time_zone: 'Europe/Madrid' });
	});

	it.each(['Atlantis', '../../etc', '🕑'])('says that it does not know “%s”', async (place) => {
		await expect(currentTime.run({ place }, context, signal)).rejects.toMatchObject({ code: 'NOT_FOUND' });
	});

	it.each([{ place: 7 }, { place: 'x'.repeat(101) }, null, 'Lima'])('says what is wrong with %j', async (given) => {
		await expect(currentTime.run(given, context, signal)).rejects.toMatchObject({ code: 'MODEL_REJECTED', reason: 'tool-arguments' });
	});
});
