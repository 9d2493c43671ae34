/** What people do in the workspace: write, edit, delete, press buttons, use commands, open the bot's messages, press Stop. */

import { toRichText } from './composer.ts';
import type { Core } from './core.ts';
import { remove } from './methods/chat.ts';
import type { Block, Channel, Json, NewFile, StoredMessage, UrlResponse } from './types.ts';
import { findButtons } from './visible-text.ts';
import { messageToWire } from './wire.ts';

export interface Saying {
	user: string;
	channel: string;
	/** In Slack's own form: mentions as `<@U…>`, the characters & < > as entities. */
	text: string;
	/** What Slack's composer makes of the text when not given. */
	blocks?: Block[];
	attachments?: Json[];
	/** The root of a thread, never a reply. */
	threadTs?: string | undefined;
	files?: readonly NewFile[];
	clientMessageId?: string;
}

export interface Press {
	user: string;
	channel: string;
	ts: string;
	actionId: string;
	/** Needed when several buttons share the action id, as the two feedback buttons and the options of a menu do. */
	value?: string;
}

export interface InteractionResult {
	/** What the person sees at once in answer, if anything. */
	ackText?: string;
	/** Why Slack shows "failed" to the person: the app did not acknowledge. */
	failure?: string;
	/** Answers through the response_url. A live list: later ones are added. */
	responses: UrlResponse[];
}

/** All of these throw TypeError when the thing could not be done in Slack either: no such person, channel, message or button. */
export interface People {
	/** Resolves once the message is in the channel; events go out in the background. */
	say(saying: Saying): Promise<{ ts: string }>;
	edit(edit: { user: string; channel: string; ts: string; text: string; blocks?: Block[] }): Promise<void>;
	remove(removal: { user: string; channel: string; ts: string }): Promise<void>;
	/** Resolves once the app acknowledged or Slack gave up waiting. */
	press(press: Press): Promise<InteractionResult>;
	/** `text` in Slack's own form, as `should_escape` gives it: people as `<@U…|name>`. */
	slash(command: { user: string; channel: string; command: string; text: string }): Promise<InteractionResult>;
	/** The app's entry in the menu of a message, which anybody who sees it has, also where the app is not. */
	shortcut(use: { user: string; channel: string; ts: string; callbackId: string }): Promise<InteractionResult>;
	openMessagesTab(user: string): Promise<void>;
	stopStreaming(stop: { user: string; channel: string; threadTs: string }): Promise<void>;
}

/** Creates the hands of the people in the workspace. */
export function createPeople(core: Core): People {
	return {
		say: async (saying) => say(core, saying),
		async edit({ user, channel, ts, text, blocks }) {
			const message = writtenBy(core, user, channel, ts);
			const previous = messageToWire(core, message);
			message.text = text;
			message.blocks = blocks ?? toRichText(text);
			message.edited = { user, ts: core.workspace.nextTs() };
			core.messages.changed(message);
			core.events.messageChanged(message, previous);
		},
		remove: async ({ user, channel, ts }) => remove(core, writtenBy(core, user, channel, ts)),
		press: (press) => pressButton(core, press),
		slash: (command) => useCommand(core, command),
		shortcut: (use) => useShortcut(core, use),
		async openMessagesTab(user) {
			const channel = core.workspace.openDirect(user);
			const event = { type: 'app_home_opened', user, channel: channel.id, tab: 'messages', event_ts: core.workspace.nextTs() };
			core.events.emit(event, channel, `${channel.id}:messages`);
		},
		stopStreaming: async (stop) => stopStreaming(core, stop),
	};
}

/** Said by this person, with whatever Slack puts with it. */
export function say(core: Core, saying: Saying): { ts: string } {
	const { user, channel: id, text, blocks = toRichText(text), attachments = [], threadTs, files = [], clientMessageId } = saying;
	const channel = memberChannel(core, user, id);
	const root = threadTs === undefined ? undefined : core.messages.get(id, threadTs);
	if (threadTs !== undefined && (root === undefined || root.threadTs !== undefined)) throw new TypeError(`no such thread: ${threadTs}`);
	const stored = files.map((file) => core.workspace.addFile(file, user, channel.id));
	const message = core.messages.add({
		channel: id,
		user,
		text,
		blocks,
		attachments,
		threadTs,
		files: stored,
		clientMessageId: clientMessageId ?? core.workspace.nextId('client-'),
	});
	core.events.messagePosted(message);
	return { ts: message.ts };
}

async function pressButton(core: Core, { user, channel, ts, actionId, value }: Press): Promise<InteractionResult> {
	memberChannel(core, user, channel);
	const message = core.messages.get(channel, ts);
	const ephemeral = core.surface.ephemerals(channel, user).find((one) => one.ts === ts);
	const found = findButtons(message?.deleted === false ? message.blocks : (ephemeral?.blocks ?? [])).find(
		({ button }) => button.actionId === actionId && (value === undefined || button.value === value),
	);
	if (found === undefined) throw new TypeError(`no button ${actionId} on message ${ts}`);
	const responses: UrlResponse[] = [];
	const { element, block, button } = found;
	const text = { type: 'plain_text', text: button.label };
	const isMenu = Array.isArray(element.options);
	const action = {
		type: element.type,
		action_id: actionId,
		block_id: block.block_id,
		...(isMenu ? { selected_option: { text, value: button.value } } : { value: button.value, text }),
		action_ts: core.workspace.nextTs(),
	};
	const payload = {
		...interactionBase(core, user, channel, ts, responses),
		type: 'block_actions',
		container: {
			...{ type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: ephemeral !== undefined },
			thread_ts: (message ?? ephemeral)?.threadTs,
		},
		channel: { id: channel, name: core.workspace.channel(channel)?.name },
		// Of an ephemeral message Slack brings nothing but where it is.
		...(message === undefined ? {} : { message: messageToWire(core, message) }),
		actions: [action],
	};
	const record = { eventId: payload.trigger_id, key: actionId, type: 'block_actions' };
	const answer = await core.events.sendOnce({ type: 'interactive', payload, attempt: 0 }, record);
	return { responses, ...(answer.failure !== undefined && { failure: answer.failure }) };
}

async function useCommand(
	core: Core,
	{ user, channel, command, text }: { user: string; channel: string; command: string; text: string },
): Promise<InteractionResult> {
	const place = memberChannel(core, user, channel);
	const responses: UrlResponse[] = [];
	const { trigger_id, response_url, api_app_id, token } = interactionBase(core, user, channel, undefined, responses);
	const payload = {
		token,
		team_id: core.workspace.user(user)?.teamId,
		team_domain: 'emulated',
		channel_id: channel,
		channel_name: place.kind === 'im' ? 'directmessage' : place.name,
		user_id: user,
		user_name: core.workspace.user(user)?.name ?? '',
		command,
		text,
		api_app_id,
		is_enterprise_install: 'false',
		response_url,
		trigger_id,
	};
	const record = { eventId: trigger_id, key: command, type: 'slash_commands' };
	const answer = await core.events.sendOnce({ type: 'slash_commands', payload, attempt: 0 }, record);
	const ackText = answer.failure === undefined ? readAckText(answer.body) : '';
	if (ackText !== '') core.surface.addEphemeral(channel, user, { text: ackText, blocks: [] });
	return { responses, ...(ackText !== '' && { ackText }), ...(answer.failure !== undefined && { failure: answer.failure }) };
}

/** "Shortcuts", payload of a message shortcut. */
async function useShortcut(
	core: Core,
	{ user, channel, ts, callbackId }: { user: string; channel: string; ts: string; callbackId: string },
): Promise<InteractionResult> {
	const place = memberChannel(core, user, channel);
	const message = core.messages.get(channel, ts);
	if (message === undefined || message.deleted) throw new TypeError(`no message ${ts}`);
	const responses: UrlResponse[] = [];
	const payload = {
		...interactionBase(core, user, channel, undefined, responses),
		type: 'message_action',
		callback_id: callbackId,
		action_ts: core.workspace.nextTs(),
		channel: { id: channel, name: place.kind === 'im' ? 'directmessage' : place.name },
		message_ts: ts,
		message: messageToWire(core, message),
	};
	const record = { eventId: payload.trigger_id, key: callbackId, type: 'message_action' };
	const answer = await core.events.sendOnce({ type: 'interactive', payload, attempt: 0 }, record);
	return { responses, ...(answer.failure !== undefined && { failure: answer.failure }) };
}

function interactionBase(core: Core, userId: string, channel: string, messageTs: string | undefined, responses: UrlResponse[]) {
	const { identity } = core;
	const user = core.workspace.user(userId);
	return {
		token: 'verification-token',
		api_app_id: identity.appId,
		team: { id: identity.teamId, domain: 'emulated' },
		user: { id: userId, username: user?.name, name: user?.name, team_id: user?.teamId },
		trigger_id: core.handles.issueTrigger(userId),
		response_url: `${identity.url}${core.handles.issueResponsePath({ channel, user: userId, messageTs, responses })}`,
	};
}

function stopStreaming(core: Core, { user, channel, threadTs }: { user: string; channel: string; threadTs: string }): void {
	const place = memberChannel(core, user, channel);
	const running = core.messages.thread(channel, threadTs).filter(({ stream }) => stream?.state === 'in_progress');
	for (const message of running) {
		Object.assign(message.stream ?? {}, { state: 'completed', stoppedByUser: true });
		core.messages.changed(message);
	}
	const stopped = { channel, user, thread_ts: threadTs, streaming_message_ts: running.map(({ ts }) => ts) };
	core.events.emit({ type: 'agent_session_stopped', ...stopped, event_ts: core.workspace.nextTs() }, place, `${channel}:${threadTs}`);
}

/** The acknowledgement of a command is plain text or a JSON message. */
function readAckText(body: string): string {
	try {
		const message: unknown = JSON.parse(body);
		return typeof message === 'object' && message !== null && 'text' in message ? String(message.text) : '';
	} catch {
		return body;
	}
}

export function memberChannel(core: Core, user: string, id: string): Channel {
	const channel = core.workspace.channel(id);
	if (!channel?.members.includes(user)) throw new TypeError(`${user} is not in channel ${id}`);
	return channel;
}

function writtenBy(core: Core, user: string, channel: string, ts: string): StoredMessage {
	const message = core.messages.get(channel, ts);
	if (message === undefined || message.deleted || message.user !== user) throw new TypeError(`no message of ${user} at ${ts}`);
	return message;
}
