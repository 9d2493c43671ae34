/** What one process at a time does: holds the gateway, takes what it brings, reads what was missed, tells Discord the commands. */

import type { Clock } from '#src/clock.ts';
import { commandForms } from '#src/commands/forms.ts';
import { BotError } from '#src/errors.ts';
import type { Language } from '#src/locales/locales.ts';
import type { AdapterState } from '#src/platform/adapter-state.ts';
import type { EventSink } from '#src/platform/chat-event.ts';
import type { PlatformHealth } from '#src/platform/chat-platform.ts';
import type { TypingSource } from '#src/platform/typing.ts';
import { createCatchUp } from './catch-up.ts';
import type { DiscordCall } from './client.ts';
import { createGateway } from './gateway.ts';
import type { Guilds } from './guilds.ts';
import { createIntake, type Intake } from './intake.ts';
import type { InteractionAnswers } from './interaction-answers.ts';
import { createInteractions } from './interactions.ts';
import { asId, asObject, type Json } from './json.ts';
import { createLease } from './lease.ts';
import type { MessageMemory } from './message-memory.ts';
import { registerCommands } from './registration.ts';
import type { Roots } from './roots.ts';

export interface Owner {
	/** Asks for the gateway, and goes on asking. */
	start(): void;
	/** Stops to listen, notes how far everything is stored, and gives the gateway to another process. */
	stop(): Promise<void>;
	/** `up` too for a process that leaves the gateway to another one. */
	health(): PlatformHealth;
}

export interface OwnerDependencies {
	settings: { botToken: string; applicationId: string; apiUrl: string; language: Language; leaseMs: number };
	commands: readonly unknown[];
	sink: EventSink;
	typing: TypingSource;
	clock: Clock;
	state: AdapterState;
	call: DiscordCall;
	guilds: Guilds;
	roots: Roots;
	memory: MessageMemory;
	answers: InteractionAnswers;
	botUserId: () => string;
	onRejected: (reason: string) => void;
	onFailed: (error: unknown) => void;
	onHealth: () => void;
}

const waiting: PlatformHealth = { state: 'starting', reason: 'waiting to know which process holds the gateway' };

export function createOwner(deps: OwnerDependencies): Owner {
	const { settings, call, state, clock, guilds, onFailed } = deps;
	const interactions = createInteractions({ ...deps, forms: commandForms, language: settings.language });
	const intake: Intake = createIntake({ ...deps, onMissed: (happenedAtMs) => catchUp.missed(happenedAtMs) });
	const catchUp = createCatchUp({ ...deps, ...intake });
	const stopping = new AbortController();
	/** Gaining and losing the gateway, one after the other. */
	let changing: Promise<void> = Promise.resolve();

	const gateway = createGateway({
		clock,
		token: settings.botToken,
		apiUrl: settings.apiUrl,
		onPacket,
		onSession: catchUp.session,
		onConnected: catchUp.connected,
		onHealth: deps.onHealth,
		onFailed,
	});
	const lease = createLease({
		ttlMs: settings.leaseMs,
		state,
		clock,
		onGained: () => change(gain),
		onLost: () => change(() => lose(false)),
		onFailed,
	});

	function onPacket(type: string, data: Json): void {
		if (type === 'READY') checkApplication(data);
		if (type === 'INTERACTION_CREATE') void interactions.take(data);
		intake.take(type, data);
		guilds.take(type, data);
	}

	/** Commands and private answers go to the application's address, which is not the bot's for the oldest applications. */
	function checkApplication(ready: Json): void {
		const applicationId = asId(asObject(ready['application'])['id']);
		if (applicationId === '' || applicationId === settings.applicationId) return;
		onFailed(new BotError('CONFIG_INVALID', 'DISCORD_APPLICATION_ID is not the id of the application that DISCORD_BOT_TOKEN belongs to'));
	}

	function change(work: () => Promise<void>): void {
		changing = changing.then(work).catch(onFailed);
		deps.onHealth();
	}

	async function gain(): Promise<void> {
		await catchUp.begin(stopping.signal);
		if (stopping.signal.aborted) return;
		gateway.open();
		await registerCommands({ call, state }, settings.applicationId, deps.commands, stopping.signal);
		await deps.memory.prune();
	}

	async function lose(isStillOurs: boolean): Promise<void> {
		await gateway.close();
		await catchUp.end(isStillOurs);
	}

	return {
		start: lease.start,
		async stop() {
			const isOurs = lease.isHeld() === true;
			stopping.abort();
			intake.stop();
			change(() => lose(isOurs));
			await changing;
			await lease.stop();
		},
		health() {
			const isHeld = lease.isHeld();
			if (isHeld === null) return waiting;
			return isHeld ? gateway.health() : { state: 'up' };
		},
	};
}
