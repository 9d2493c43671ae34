/** What Slack shows around messages: thread status, suggested prompts, titles, agent sessions, ephemeral messages and views. */

import type { Change, Ephemeral, Json } from './types.ts';

export interface SuggestedPrompt {
	title: string;
	message: string;
}

export interface AgentSession {
	status: string;
	title: string;
}

export interface Surface {
	setStatus(channel: string, threadTs: string, status: string): void;
	/** Empty when there is none or it has faded. */
	status(channel: string, threadTs: string): string;
	setPrompts(channel: string, prompts: SuggestedPrompt[]): void;
	prompts(channel: string): SuggestedPrompt[];
	setSession(channel: string, threadTs: string, change: Partial<AgentSession>): void;
	session(channel: string, threadTs: string): AgentSession | undefined;
	addEphemeral(channel: string, user: string, shown: Omit<Ephemeral, 'ts'>): Ephemeral;
	ephemerals(channel: string, user: string): Ephemeral[];
	/** By view id, or by `home:<user>` for the Home tab. */
	readonly views: Map<string, Json>;
	/** Who has the modal before them, by view id. */
	readonly viewers: Map<string, string>;
}

/** `agents.sessions.setStatus`: the life of an agent session. */
export const sessionStatuses: ReadonlySet<string> = new Set(['active', 'processing', 'suspended', 'closed']);

/** A status fades 2 minutes after it was set (`assistant.threads.setStatus`). */
const statusLifetimeMs = 120_000;

/** Creates an empty surface; `notify` is called on every visible change. */
export function createSurface(now: () => number, nextTs: () => string, notify: (change: Change) => void): Surface {
	const statuses = new Map<string, { text: string; atMs: number }>();
	const prompts = new Map<string, SuggestedPrompt[]>();
	const sessions = new Map<string, AgentSession>();
	const ephemerals = new Map<string, Ephemeral[]>();
	return {
		setStatus(channel, threadTs, text) {
			const key = `${channel}:${threadTs}`;
			if (text === '' && !statuses.has(key)) return;
			if (text === '') statuses.delete(key);
			else statuses.set(key, { text, atMs: now() });
			notify({ type: 'status', channel, ts: threadTs });
		},
		status(channel, threadTs) {
			const status = statuses.get(`${channel}:${threadTs}`);
			return status !== undefined && now() - status.atMs < statusLifetimeMs ? status.text : '';
		},
		setPrompts(channel, list) {
			prompts.set(channel, list);
			notify({ type: 'prompts', channel, ts: '' });
		},
		prompts: (channel) => [...(prompts.get(channel) ?? [])],
		setSession(channel, threadTs, change) {
			const key = `${channel}:${threadTs}`;
			sessions.set(key, { status: 'active', title: '', ...sessions.get(key), ...change });
			notify({ type: 'session', channel, ts: threadTs });
		},
		session: (channel, threadTs) => sessions.get(`${channel}:${threadTs}`),
		addEphemeral(channel, user, shown) {
			const ephemeral = { ts: nextTs(), ...shown };
			const key = `${channel}:${user}`;
			ephemerals.set(key, [...(ephemerals.get(key) ?? []), ephemeral]);
			notify({ type: 'ephemeral', channel, ts: '' });
			return ephemeral;
		},
		ephemerals: (channel, user) => [...(ephemerals.get(`${channel}:${user}`) ?? [])],
		views: new Map(),
		viewers: new Map(),
	};
}
