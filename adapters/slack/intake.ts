/** Bolt's App between a transport and the event sink: authorisation and routing only, no answers. */

import { App, type AuthorizeResult, type Receiver } from '@slack/bolt';
import { BotError, toBotError } from '#src/errors.ts';
import type { ChatEvent, EventSink, PersonalEvent, ProfileSink } from '#src/platform/chat-event.ts';
import type { Profile } from '#src/platform/profile.ts';
import type { Json } from '#src/platform/untrusted-json.ts';
import { clientOptions, type SlackLogger } from './client.ts';
import { notConnected, type SlackIdentity } from './connection.ts';
import type { Enterprise } from './enterprise.ts';
import { formCallback, type SlackForms } from './forms.ts';
import { actorOf, readAction, readCommand, readEvent } from './inbound.ts';
import type { Names } from './names.ts';
import { readUserChange } from './people.ts';
import { readPlaceEvents } from './place-events.ts';
import { readShortcut, takeFilesCallback } from './shortcuts.ts';

/** Messages bring files, and tell that a channel was converted. */
const placeEvents =
	/^(?:message|file_(?:change|deleted)|(?:channel|group)_(?:archive|unarchive|deleted|rename|left)|channel_(?:un)?shared|member_(?:joined|left)_channel|app_uninstalled)$/;

type EventReader = (body: Json, identity: SlackIdentity, names: ReadonlyMap<string, string>) => PersonalEvent | null;

export interface IntakeOptions {
	receiver: Receiver;
	token: string;
	apiUrl: string;
	command: string;
	logger: SlackLogger;
	enterprise: Enterprise;
	sink: EventSink;
	profiles: ProfileSink;
	forms: SlackForms;
	/** For what messages mention. */
	names: Names;
	/** Somebody came, or anything about them changed. */
	onPersonChanged: (profile: Profile) => void;
	/** Somebody joined or left a user group. */
	onGroupsChanged: () => void;
}

/**
 * Every listener hands its event on and does nothing else, so that the receiver can acknowledge exactly what was taken. A listener's error
 * rejects `processEvent`, and the receiver must then not acknowledge.
 */
export function createIntake(options: IntakeOptions): App {
	const { enterprise, sink, profiles } = options;
	const { identity } = enterprise;
	const app = new App({
		receiver: options.receiver,
		authorize: async () => authorize(options.token, identity()),
		clientOptions: clientOptions(options.apiUrl, options.logger),
		logger: options.logger,
		// Our own filter knows more: bots, edits of our own messages, tombstones.
		ignoreSelf: false,
		// The default keeps a store in memory that runs on every event.
		convoStore: false,
	});
	/** Whatever a sink throws becomes a BotError, so that receivers can tell it from a payload that cannot be read. */
	const taken = (work: Promise<void>) =>
		work.catch((thrown) => {
			throw toBotError(thrown);
		});
	const take = async (event: ChatEvent | null) => {
		if (event !== null) await taken(sink(event));
	};
	const known = () => identity() ?? notConnected();
	/** Whoever is met as somebody of a workspace that turns out to be our company's counts as somebody of ours, so it is read again. */
	const read = async (reader: EventReader, body: object): Promise<PersonalEvent | null> => {
		const event = await options.names.fill((names) => reader({ ...body }, known(), names));
		const hasLearnt = event !== null && (await enterprise.learn(actorOf(event)));
		return hasLearnt ? await read(reader, body) : event;
	};
	app.error(async (error) => {
		throw 'original' in error && error.original instanceof BotError ? error.original : error;
	});
	const takeHappenings = async (body: object) => {
		for (const event of readPlaceEvents({ ...body }, known())) await take(event);
	};
	for (const type of [/^message$/, /^app_mention$/, /^app_home_opened$/, /^agent_session_stopped$/]) {
		app.event(type, async ({ body }) => await take(await read(readEvent, body)));
	}
	app.event(placeEvents, async ({ body }) => await takeHappenings(body));
	app.event(/^(?:user_change|team_join)$/, async ({ body }) => {
		const profile = readUserChange({ ...body }, known());
		if (profile === null) return;
		options.onPersonChanged(profile);
		await taken(profiles('slack', profile));
	});
	app.event(/^subteam_(?:created|updated|members_changed)$/, async () => options.onGroupsChanged());
	app.action(/^openccb_/, async ({ body, ack }) => {
		await take(await read(readAction, body));
		await ack();
	});
	app.shortcut({ type: 'message_action', callback_id: takeFilesCallback }, async ({ body, ack }) => {
		await take(await read(readShortcut, body));
		await ack();
	});
	app.command(options.command, async ({ body, ack }) => {
		if (!(await options.forms.open({ ...body }))) await take(await read(readCommand, body));
		await ack();
	});
	app.view(formCallback, async ({ body, ack }) => {
		const errors = options.forms.check({ ...body });
		if (errors !== null) return await ack({ response_action: 'errors', errors });
		await take(await read(options.forms.read, body));
		await ack();
	});
	return app;
}

async function authorize(token: string, identity: SlackIdentity | null): Promise<AuthorizeResult> {
	const { botUserId, botId, teamId } = identity ?? notConnected();
	return { botToken: token, botUserId, botId, teamId };
}
