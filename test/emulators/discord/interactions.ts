/** Interactions between their first moment and the end of their token (page "Receiving and Responding"). */

import { randomBytes } from 'node:crypto';
import { refusal } from './failure.ts';
import type { Snowflakes } from './snowflake.ts';
import type { Json, StoredMessage } from './types.ts';

export type InteractionResponse = 'none' | 'message' | 'deferred-message' | 'deferred-update' | 'update' | 'modal' | 'choices';

export interface NewInteraction {
	/** 2 for commands, 3 for components, 4 for what is being typed, 5 for modals. */
	type: number;
	userId: string;
	channelId: string;
	/** The message that carries the component. */
	source?: StoredMessage;
	commandName?: string;
	/** 20 for slash commands, 23 for commands of the context menu, 19 otherwise. */
	answerType: number;
}

export interface Interaction extends NewInteraction {
	readonly id: string;
	readonly token: string;
	readonly createdAtMs: number;
	response: InteractionResponse;
	/** What `@original` means: the answer, or the message that carries the component. */
	original: StoredMessage | undefined;
	readonly followUps: StoredMessage[];
	modal: Json | undefined;
	/** What is offered to whoever types. */
	choices: readonly Json[];
}

export interface Interactions {
	open(interaction: NewInteraction): Interaction;
	/** For the first answer. @throws DiscordFailure 10062 when unknown or after 3 s, 40060 when it was answered */
	forAnswer(id: string | undefined, token: string | undefined): Interaction;
	/** For what comes after it. @throws DiscordFailure 10015 when unknown or not answered yet, 50027 after 15 minutes */
	forFollowUp(applicationId: string | undefined, token: string | undefined): Interaction;
	find(id: string): Interaction | undefined;
	/** Resolves when it was answered, or when the time for that is over. */
	settled(interaction: Interaction): Promise<void>;
	close(): void;
}

const answerDeadlineMs = 3_000;
const tokenLifetimeMs = 15 * 60_000;
/** How often those who wait look at the clock, which a test may move. */
const lookIntervalMs = 10;

/** Creates an empty registry. */
export function createInteractions({
	applicationId,
	snowflakes,
	now,
}: {
	applicationId: string;
	snowflakes: Snowflakes;
	now: () => number;
}): Interactions {
	const byId = new Map<string, Interaction>();
	const byToken = new Map<string, Interaction>();
	const timers = new Set<NodeJS.Timeout>();
	const isOverdue = ({ createdAtMs, response }: Interaction) => response === 'none' && now() - createdAtMs > answerDeadlineMs;
	return {
		open(input) {
			const token = `aW50ZXJhY3Rpb24${randomBytes(90).toString('base64url')}`;
			const opened: Interaction = {
				...input,
				id: snowflakes.next(),
				token,
				createdAtMs: now(),
				response: 'none',
				original: undefined,
				followUps: [],
				modal: undefined,
				choices: [],
			};
			byId.set(opened.id, opened);
			byToken.set(token, opened);
			return opened;
		},
		forAnswer(id, token) {
			const interaction = byId.get(id ?? '');
			if (interaction === undefined || interaction.token !== token || isOverdue(interaction)) throw refusal(10062);
			if (interaction.response !== 'none') throw refusal(40060);
			return interaction;
		},
		forFollowUp(application, token) {
			const interaction = byToken.get(token ?? '');
			if (interaction === undefined || application !== applicationId || interaction.response === 'none') throw refusal(10015);
			if (now() - interaction.createdAtMs > tokenLifetimeMs) throw refusal(50027);
			return interaction;
		},
		find: (id) => byId.get(id),
		settled: (interaction) =>
			new Promise((resolve) => {
				const look = setInterval(() => {
					if (interaction.response === 'none' && !isOverdue(interaction)) return;
					clearInterval(look);
					timers.delete(look);
					resolve();
				}, lookIntervalMs);
				timers.add(look);
			}),
		close() {
			for (const timer of timers) clearInterval(timer);
		},
	};
}
