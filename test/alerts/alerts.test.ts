/** Alerts in the operations channel: each once, its end once, and the silence of whoever watches. */

import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type Alerts, createAlerts } from '#src/alerts/alerts.ts';
import type { Alert, Notification } from '#src/alerts/notification.ts';
import { createMemoryValues, type Values } from '#src/cache/values.ts';
import { BotError } from '#src/errors.ts';
import type { Language } from '#src/locales/locales.ts';
import { languages } from '#src/locales/locales.ts';
import { silentLogger } from '#src/log.ts';
import type { Place } from '#src/platform/place.ts';
import { createFakePlatform, type FakePlatform } from '#test/fakes/chat-platform.ts';
import { createManualClock, type ManualClock } from '#test/fakes/manual-clock.ts';
import { unpaced } from '#test/fakes/unpaced.ts';

const place: Place = { platform: 'fake', tenantId: 'T1', channelId: 'C1', threadId: '', kind: 'channel' };
const signal = AbortSignal.timeout(60_000);
const minuteMs = 60_000;

function alert(name: string, changes: Partial<Alert> = {}): Alert {
	return {
		status: 'firing',
		labels: { alertname: name, severity: 'warning' },
		annotations: { summary_en: `${name} is so. Do this.`, summary_es: `${name} es así. Haz esto.` },
		startsAt: '2030-01-01T00:00:00Z',
		fingerprint: name,
		...changes,
	};
}
const notification = (...alerts: Alert[]): Notification => ({ version: '4', alerts, truncatedAlerts: 0 });
const over = (name: string) => alert(name, { status: 'resolved' });
const signOfLife = alert('Watchdog');
/** The platform neither takes nor refuses. */
const neverTaken = () => ({ run: () => new Promise<never>(() => {}) });

describe('alerts in the operations channel', () => {
	let platform: FakePlatform;
	let clock: ManualClock;
	let values: Values;
	const told = () => platform.messages.map(({ text }) => text);
	beforeEach(() => {
		platform = createFakePlatform();
		clock = createManualClock();
		values = createMemoryValues(clock.now);
	});

	/** Another process with the same shared values, unless it has its own. */
	function open(changes: { language?: Language; values?: Values; silenceMs?: number | null; pacers?: typeof neverTaken } = {}): Alerts {
		const alerts = createAlerts({
			...{ place, platforms: new Map([['fake', platform]]), pacers: unpaced, values, language: 'en', silenceMs: 15 * minuteMs },
			...{ observe: { told: () => {}, heard: () => {} }, clock, logger: silentLogger },
			...changes,
		});
		onTestFinished(() => alerts.stop());
		return alerts;
	}

	it('are told once, and once that they are over, whatever comes twice and to whichever process', async () => {
		const [one, other] = [open(), open()];
		await one.take(notification(alert('DiskNearlyFull')), signal);
		await other.take(notification(alert('DiskNearlyFull')), signal);
		await Promise.all([one.take(notification(over('DiskNearlyFull')), signal), one.take(notification(over('DiskNearlyFull')), signal)]);
		await other.take(notification(over('DiskNearlyFull')), signal);
		expect(told()).toEqual(['Something needs a look:\n\n- DiskNearlyFull is so. Do this.', 'This is over:\n\n- DiskNearlyFull is so.']);
		expect(platform.messages[0]?.place).toEqual(place);
	});

	it('come together in one message, of which a later one tells only what is new', async () => {
		const alerts = open();
		const urgent = alert('PartDown', { labels: { alertname: 'PartDown', severity: 'critical' } });
		await alerts.take(notification(urgent, alert('RedisGone')), signal);
		await alerts.take(notification(over('PartDown'), alert('RedisGone'), alert('ClockOff')), signal);
		expect(told()).toEqual([
			'2 things need a look:\n\n- **urgent** · PartDown is so. Do this.\n- RedisGone is so. Do this.',
			'Something needs a look:\n\n- ClockOff is so. Do this.\n\nThis is over:\n\n- PartDown is so.',
		]);
	});

	it('are told in the language of the installation', async () => {
		await open({ language: 'es' }).take(notification(alert('RedisGone'), over('ClockOff')), signal);
		expect(told()).toEqual(['Algo necesita atención:\n\n- RedisGone es así. Haz esto.\n\nEsto ha terminado:\n\n- ClockOff es así.']);
	});

	it('are told anew when they begin anew', async () => {
		const alerts = open();
		await alerts.take(notification(alert('RedisGone')), signal);
		await alerts.take(notification(over('RedisGone')), signal);
		await alerts.take(notification(alert('RedisGone', { startsAt: '2030-01-02T00:00:00Z' })), signal);
		expect(told()).toHaveLength(3);
	});

	it('are told again after half a day, and not before', async () => {
		const alerts = open({ silenceMs: null });
		await alerts.take(notification(alert('RedisGone')), signal);
		await clock.advance(10 * 60 * minuteMs);
		await alerts.take(notification(alert('RedisGone')), signal);
		expect(told()).toHaveLength(1);
		await clock.advance(2 * 60 * minuteMs);
		for (let time = 0; time < 2; time++) await alerts.take(notification(alert('RedisGone')), signal);
		expect(told().slice(1)).toEqual(['This still goes on:\n\n- RedisGone is so. Do this.']);
	});

	it('come again when the platform did not take them', async () => {
		const alerts = open();
		platform.failNext('post', new BotError('PLATFORM_UNAVAILABLE', 'away', { retryable: true }));
		await expect(alerts.take(notification(alert('RedisGone')), signal)).rejects.toMatchObject({ code: 'PLATFORM_UNAVAILABLE' });
		await alerts.take(notification(alert('RedisGone')), signal);
		expect(told()).toHaveLength(1);
		expect(new Set(platform.sendKeys).size).toBe(1);
	});

	it('fit into the smallest message there is, however many and long they are', async () => {
		const many = Array.from({ length: 60 }, (_, at) =>
			alert(`Alert${at}`, { annotations: { summary_en: `${at} ${'long '.repeat(100)}` } }),
		);
		await open().take({ ...notification(...many), truncatedAlerts: 7 }, signal);
		expect(told()[0]?.length).toBeLessThan(2_000);
		expect(told()[0]).toContain('And 59 more; Alertmanager has all of them.');
	});

	it('without a sentence are told by their name', async () => {
		await open().take(notification(alert('Own', { annotations: {} })), signal);
		expect(told()[0]).toContain('The alert Own');
	});

	describe('and the monitoring itself', () => {
		it('is heard also while the platform does not take what else is to be told', async () => {
			const [stuck, other] = [open({ pacers: neverTaken }), open()];
			other.start();
			void stuck.take(notification(alert('RedisGone')), signal);
			await clock.advance(14 * minuteMs);
			void stuck.take(notification(signOfLife), signal);
			await clock.advance(14 * minuteMs);
			expect(told()).toEqual([]);
		});

		it('is not called silent because what processes share has gone', async () => {
			let isAway = false;
			const shared: Values = { ...values, recall: async (key) => (isAway ? null : await values.recall(key)) };
			const [one, other] = [open({ values: shared }), open({ values: shared })];
			one.start();
			other.start();
			await clock.advance(14 * minuteMs);
			await one.take(notification(signOfLife), signal);
			await clock.advance(2 * minuteMs);
			isAway = true;
			await clock.advance(10 * minuteMs);
			expect(told()).toEqual([]);
		});

		it('is told of once when it falls silent, and once when it is heard again, by several processes', async () => {
			const [one, other] = [open(), open()];
			one.start();
			other.start();
			await one.take(notification(signOfLife), signal);
			await clock.advance(14 * minuteMs);
			expect(told()).toEqual([]);
			await clock.advance(20 * minuteMs);
			expect(new Set(told())).toEqual(new Set([languages.en.alerts.silent(15)]));
			expect(new Set(platform.sendKeys).size).toBe(1);
			const before = told().length;
			await other.take(notification(signOfLife), signal);
			await one.take(notification(signOfLife), signal);
			expect(told().slice(before)).toEqual([languages.en.alerts.heardAgain]);
		});

		it('is told of when it was never heard at all', async () => {
			open().start();
			await clock.advance(16 * minuteMs);
			expect(told()).toEqual([languages.en.alerts.silent(15)]);
		});

		it('is not waited for where that is switched off', async () => {
			open({ silenceMs: null }).start();
			await clock.advance(100 * minuteMs);
			expect(told()).toEqual([]);
		});
	});
});
