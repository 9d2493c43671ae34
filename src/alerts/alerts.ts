/**
 * Alerts in the operations channel: each is told once when it begins and once when it is over, whatever comes twice and whichever process gets it. When the
 * monitoring itself falls silent, that is told, too. Needs no database: it may be what the alert is about.
 */

import type { Values } from '../cache/values.ts';
import type { Clock } from '../clock.ts';
import { BotError, toBotError } from '../errors.ts';
import { stableId } from '../identity/stable-id.ts';
import { type Language, languages } from '../locales/locales.ts';
import type { Logger } from '../log.ts';
import { readBlocks } from '../markdown/blocks.ts';
import type { Pacer } from '../pacing/pacer.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';
import { pause } from '../waiting.ts';
import { alertsText } from './message.ts';
import { type Alert, isSignOfLife, type Notification, occurrenceOf } from './notification.ts';

export interface AlertsDependencies {
	/** The operations channel. */
	place: Place;
	platforms: ReadonlyMap<string, ChatPlatform>;
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
	/** What was told, for all processes. */
	values: Values;
	language: Language;
	/** After so long without a sign of life the channel is told; null for never. */
	silenceMs: number | null;
	observe: AlertsObserver;
	clock: Clock;
	logger: Pick<Logger, 'warn'>;
}

export interface AlertsObserver {
	told(outcome: 'told' | 'failed'): void;
	/** A sign of life came. */
	heard(at: Date): void;
}

export interface Alerts {
	/** Resolves once the channel has been told what it did not know. @throws BotError what the platform says: then it is to come again. */
	take(notification: Notification, signal: AbortSignal): Promise<void>;
	/** Begins to wait for signs of life. */
	start(): void;
	stop(): void;
}

/** What goes on is told again after so long: shorter than Alertmanager's own 12 h, which would miss it by seconds. */
const remindMs = 11 * 3_600_000;
/** Longer than alerts go on without being told again. */
const rememberedMs = 7 * 24 * 3_600_000;
/** How often it is looked whether the monitoring is heard. */
const lookMs = 15_000;
const heardKey = 'alerts:heard';
const silentKey = 'alerts:silent';

export function createAlerts(deps: AlertsDependencies): Alerts {
	const { place, values, language, silenceMs, observe, clock, logger } = deps;
	const words = languages[language];
	const stopped = new AbortController();
	/** As far as this process knows: what all of them share may be lost with Redis. At first when it began to wait. */
	let heardAtMs = clock.now();
	/** One after the other: what two notifications say of the same alert is told once. */
	let taking: Promise<unknown> = Promise.resolve();

	async function tell(text: string, key: string, signal: AbortSignal): Promise<void> {
		const platform = deps.platforms.get(place.platform);
		if (platform === undefined) throw new BotError('CONFIG_INVALID', 'the platform of OPENCCB_ALERTS_CHANNEL is not switched on');
		const shown = readBlocks(text).blocks.map(({ kind, source, language: code }) =>
			platform.renderBlock({ kind, source, language: code, isComplete: true }),
		);
		const message = { text: shown.join('\n\n'), buttons: [], sendKey: stableId(`alerts:${key}`) };
		try {
			await deps
				.pacers(platform)
				.run({ operation: 'post', place, priority: 'update' }, signal, () => platform.post(place, message, signal));
			observe.told('told');
		} catch (thrown) {
			observe.told('failed');
			throw thrown;
		}
	}

	async function take({ alerts, truncatedAlerts }: Notification, signal: AbortSignal): Promise<void> {
		if (alerts.some(isSignOfLife)) await tellHeardAgain(signal);
		const others = alerts.filter((alert) => !isSignOfLife(alert));
		const news = (await Promise.all(others.map(async (alert) => ({ alert, kind: await kindOf(alert) })))).filter(
			({ kind }) => kind !== null,
		);
		if (news.length === 0) return;
		const told = (['firing', 'lasting', 'resolved'] as const).map((kind) => ({
			kind,
			alerts: news.filter((each) => each.kind === kind).map(({ alert }) => alert),
		}));
		const key = news.map(({ alert, kind }) => `${kind}:${occurrenceOf(alert)}`).join(' ');
		await tell(alertsText(told, truncatedAlerts, { words, language }), kindNeedsTime(news) ? `${key} ${clock.now()}` : key, signal);
		for (const { alert } of news) await values.keep(keyOf(alert), `${alert.status}:${clock.now()}`, rememberedMs);
	}

	/** Null for what the channel knows. */
	async function kindOf(alert: Alert): Promise<'firing' | 'lasting' | 'resolved' | null> {
		const [status, at] = (await values.recall(keyOf(alert)))?.split(':') ?? [];
		if (alert.status === 'resolved') return status === 'resolved' ? null : 'resolved';
		if (status === undefined) return 'firing';
		return status === 'firing' && clock.now() - Number(at) >= remindMs ? 'lasting' : null;
	}

	async function noteHeard(): Promise<void> {
		heardAtMs = clock.now();
		observe.heard(new Date(heardAtMs));
		await values.keep(heardKey, String(heardAtMs), rememberedMs);
	}

	async function tellHeardAgain(signal: AbortSignal): Promise<void> {
		const silentSince = await values.recall(silentKey);
		if (silentSince === null) return;
		await tell(words.alerts.heardAgain, `heard:${silentSince}`, signal);
		await values.forget(silentKey);
	}

	async function lookForSilence(limitMs: number): Promise<void> {
		heardAtMs = Math.max(Number((await values.recall(heardKey)) ?? 0), heardAtMs);
		if (clock.now() - heardAtMs < limitMs || (await values.recall(silentKey)) !== null) return;
		await tell(words.alerts.silent(Math.round(limitMs / 60_000)), `silent:${heardAtMs}`, stopped.signal);
		await values.keep(silentKey, String(heardAtMs), rememberedMs);
	}

	async function watch(limitMs: number): Promise<void> {
		while (!stopped.signal.aborted) {
			await pause(clock, lookMs, stopped.signal);
			if (stopped.signal.aborted) return;
			await lookForSilence(limitMs).catch((thrown: unknown) => {
				const { code, reason } = toBotError(thrown);
				logger.warn({ code, reason }, 'the operations channel could not be told that the monitoring is silent');
			});
		}
	}

	return {
		take: async (notification, signal) => {
			// Not behind what a platform does not take now: whoever is heard is not silent.
			if (notification.alerts.some(isSignOfLife)) await noteHeard();
			const mine = taking.then(() => take(notification, signal));
			taking = mine.catch(() => {});
			await mine;
		},
		start() {
			heardAtMs = clock.now();
			if (silenceMs !== null) void watch(silenceMs);
		},
		stop: () => stopped.abort(),
	};
}

function keyOf(alert: Alert): string {
	return `alert:${occurrenceOf(alert)}`;
}

/** A reminder is sent again and again, all else once for good. */
function kindNeedsTime(news: readonly { kind: string | null }[]): boolean {
	return news.some(({ kind }) => kind === 'lasting');
}
