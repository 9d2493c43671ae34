import { expect } from 'vitest';
import type { Actor } from '#src/platform/chat-event.ts';
import type { Place } from '#src/platform/place.ts';
import { type AccountChange, type AdapterUnderTest, newName, type Said } from '#test/contract/adapter-under-test.ts';
import { describeAdapterContract } from '#test/contract/chat-adapter.contract.ts';
import type { UserChange } from '#test/emulators/slack/administration.ts';
import type { Fault } from '#test/emulators/slack/faults.ts';
import { defaultScopes } from '#test/emulators/slack/scopes.ts';
import { shownSources } from '#test/emulators/slack/shown-sources.ts';
import { visibleText } from '#test/emulators/slack/visible-text.ts';
import { takeFilesCallback } from '../../../adapters/slack/shortcuts.ts';
import { openDeafAdapter, openSlackWorld } from './slack-world.ts';

const methods: Record<string, string> = { post: 'chat.postMessage', edit: 'chat.update', remove: 'chat.delete' };
const faults: Record<'limited' | 'lost' | 'silent', Omit<Fault, 'method'>> = {
	limited: { kind: '429', retryAfterSeconds: 2 },
	lost: { kind: 'stored-then-502' },
	silent: { kind: 'hang' },
};

const changes: Record<AccountChange, UserChange> = {
	rename: { name: 'renamed', realName: 'Somebody Renamed' },
	'make-guest': { isGuest: true },
	close: { deleted: true },
	reopen: { deleted: false },
};

async function open(): Promise<AdapterUnderTest> {
	const held = await openSlackWorld();
	const { slack, platform, tom, lucia, general } = held;
	const { workspace, teamId, botUserId } = slack;
	const actor = (accountId: string, tenantId = teamId): Actor => ({ tenantId, accountId });
	const group = workspace.addChannel({ name: 'group', members: [tom, lucia], isPrivate: true, isGroupDirect: true }).id;
	const channels = { direct: workspace.openDirect(tom).id, group, channel: general };
	let newcomers = 0;
	let groups = 0;
	/** Everything that Slack had to tell about this person or group was taken. */
	const heard = async (key: string) => {
		const about = slack.deliveries.filter((delivery) => delivery.key === key);
		const open = new Set(about.map(({ eventId }) => eventId));
		await expect
			.poll(() => {
				for (const { eventId, httpStatus } of slack.deliveries) if (httpStatus === 200) open.delete(eventId);
				return open.size;
			})
			.toBe(0);
	};
	const plain = (text: string) => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
	return {
		platform,
		kinds: ['direct', 'group', 'channel'],
		people: {
			member: actor(tom),
			colleague: actor(lucia),
			guest: actor(workspace.addUser({ name: 'guest', isGuest: true }).id),
			outsider: actor(workspace.addUser({ name: 'outsider', isStranger: true, teamId: 'T0OTHER' }).id, 'T0OTHER'),
			gone: actor(workspace.addUser({ name: 'gone', deleted: true }).id),
		},
		async newcomer() {
			newcomers += 1;
			const { id } = workspace.addUser({ name: `newcomer${newcomers}` });
			for (const channel of [group, general]) workspace.channel(channel)?.members.push(id);
			return actor(id);
		},
		async giveGroup({ accountId }) {
			groups += 1;
			const { id } = await slack.createUserGroup({ handle: `group${groups}`, userIds: [accountId] });
			await heard(id);
			return id;
		},
		async takeGroup({ accountId }, groupId) {
			const { userIds = [] } = workspace.userGroups().find(({ id }) => id === groupId) ?? {};
			await slack.setUserGroupMembers(
				groupId,
				userIds.filter((id) => id !== accountId),
			);
			await heard(groupId);
		},
		async withoutGroupRight() {
			slack.setScopes(defaultScopes.filter((scope) => scope !== 'usergroups:read'));
			const { platform: other, close } = await openDeafAdapter(slack);
			return {
				platform: other,
				async close() {
					slack.setScopes(defaultScopes);
					await close();
				},
			};
		},
		tells: ['rename', 'make-guest', 'close', 'reopen'],
		changeAccount: ({ accountId }, change) => slack.changeUser(accountId, changes[change]),
		async say({ place: kind, text, mentions = false, in: thread, author, file }): Promise<Said> {
			const channel = channels[kind];
			const escaped = text
				.replace(/&(?!amp;)/g, '&amp;')
				.replaceAll('<', '&lt;')
				.replaceAll('>', '&gt;');
			const saying = { user: author?.accountId ?? tom, channel, text: mentions ? `<@${botUserId}> ${escaped}` : escaped };
			const files = file === undefined ? [] : [{ name: file.name, mimetype: file.mediaType, content: file.content }];
			const { ts } = await slack.say({ ...saying, threadTs: thread?.threadId, files });
			const place: Place = { platform: 'slack', tenantId: teamId, channelId: channel, threadId: thread?.threadId ?? ts, kind };
			return { messageId: ts, place };
		},
		async sayCiting({ in: place, text, cited }) {
			const attachment = { is_share: true, is_msg_unfurl: true, author_name: cited.author, ts: workspace.nextTs(), text: cited.text };
			const { ts } = await slack.say({ user: tom, channel: place.channelId, threadTs: place.threadId, text, attachments: [attachment] });
			return { messageId: ts, place };
		},
		async sayAsApp({ in: place, app, text }) {
			const post = { app: workspace.addApp({ name: app }), channel: place.channelId, threadTs: place.threadId };
			const { ts } = await slack.sayAsApp({ ...post, webhook: {}, attachments: [{ text, fallback: text }] });
			return { messageId: ts, place };
		},
		async sayAsBot(text) {
			const event = {
				type: 'message',
				subtype: 'bot_message',
				bot_id: 'B0OTHER',
				channel: general,
				ts: workspace.nextTs(),
				text: `<@${botUserId}> ${text}`,
			};
			await slack.deliver(JSON.stringify({ type: 'event_callback', team_id: teamId, event_id: 'Ev0BOT', event }));
		},
		async openClosedChannel(people) {
			const members = people.map(({ accountId }) => accountId);
			const channel = workspace.addChannel({ name: 'closed', members, isPrivate: true }).id;
			const { ts } = await slack.say({ user: members[0] ?? '', channel, text: 'among us' });
			return { messageId: ts, place: { platform: 'slack', tenantId: teamId, channelId: channel, threadId: ts, kind: 'channel' } };
		},
		letIn: ({ channelId: channel }, { accountId: user }) => slack.join({ user, channel }),
		shutOut: ({ channelId: channel }, who) => slack.leave({ user: who === 'bot' ? botUserId : who.accountId, channel }),
		async changePlace(place, change) {
			const { channelId } = place;
			if (change === 'place-unarchived') await slack.setArchived(channelId, false);
			else if (change === 'place-archived') await slack.setArchived(channelId, true);
			else if (change === 'place-renamed') await slack.renameChannel(channelId, newName);
			else if (change === 'place-deleted') await slack.deleteChannel(channelId);
			else if (change === 'place-shared' || change === 'place-unshared') await slack.shareChannel(channelId, change === 'place-shared');
			else await slack.convertChannel(channelId, change === 'place-made-private' ? 'private' : 'public');
			return place;
		},
		removeApp: () => slack.uninstall(),
		changeFile: (id, change) => (change === 'file-changed' ? slack.changeFile(id) : slack.deleteFile(id)),
		// Nothing is kept.
		settle: async () => {},
		shownFiles: ({ channelId, threadId }) =>
			slack
				.messages(channelId, { threadTs: threadId })
				.flatMap(({ files, text, botId }) =>
					botId === undefined
						? []
						: files.map(({ id, name }) => ({ name, content: workspace.file(id)?.content ?? Buffer.alloc(0), text: plain(text) })),
				),
		linkTo: ({ messageId, place: { channelId, threadId } }) =>
			slack.linkTo({ channel: channelId, ts: messageId, threadTs: threadId === messageId ? undefined : threadId }),
		edit: ({ messageId, place }, text) => slack.edit({ user: tom, channel: place.channelId, ts: messageId, text }),
		remove: ({ messageId, place }) => slack.remove({ user: tom, channel: place.channelId, ts: messageId }),
		async offer({ place: { channelId }, messageId }, { accountId }) {
			const { failure } = await slack.shortcut({ user: accountId, channel: channelId, ts: messageId, callbackId: takeFilesCallback });
			if (failure !== undefined) throw new Error(`not acknowledged: ${failure}`);
		},
		async press({ place, messageId }, action, { accountId }) {
			const word = action.name === 'feedback' ? action.rating : action.name === 'passage' ? `passage:${action.position}` : action.name;
			const value = `${word}:${action.replyId}`;
			const button = slack.message(place.channelId, messageId)?.buttons.find((one) => one.value === value);
			const pressed = { user: accountId, channel: place.channelId, ts: messageId, actionId: button?.actionId ?? '', value };
			const { failure } = await slack.press(pressed);
			if (failure !== undefined) throw new Error(`not acknowledged: ${failure}`);
		},
		deliverTwice: slack.duplicateDeliveries,
		async forge() {
			const event = { type: 'app_mention', user: tom, channel: general, ts: workspace.nextTs(), text: `<@${botUserId}> forged` };
			const body = JSON.stringify({ type: 'event_callback', team_id: teamId, event_id: 'Ev0FORGED', event });
			const answers = await Promise.all([slack.deliver(body, { signature: 'bad' }), slack.deliver(body, { timestampOffsetSeconds: -600 })]);
			return answers.some(({ status }) => status === null || status < 400);
		},
		seen({ place, messageId }) {
			const message = slack.message(place.channelId, messageId);
			if (message === undefined || message.deleted) return null;
			return {
				text: message.visibleText,
				buttons: message.buttons.map(({ label }) => label),
				isStreaming: message.streaming === 'in_progress',
			};
		},
		sources: ({ place, messageId }) => shownSources(slack.message(place.channelId, messageId)),
		activity: (place) => slack.status(place.channelId, place.threadId),
		privateWords(place, { accountId }) {
			if (place.kind === 'direct')
				return slack
					.messages(place.channelId)
					.filter(({ botId }) => botId !== undefined)
					.map(({ visibleText }) => plain(visibleText));
			return slack.ephemerals(place.channelId, accountId).map((one) => plain(visibleText({ ...one, stream: undefined, deleted: false })));
		},
		async pressOffer(place, { accountId: user }) {
			const { channelId: channel } = place;
			const [ephemeral, direct] = [
				slack.ephemerals(channel, user).at(-1),
				slack.messages(channel).findLast(({ buttons }) => buttons.length > 0),
			];
			const { failure } = await slack.press({ user, channel, ts: (ephemeral ?? direct)?.ts ?? '', actionId: 'openccb_privately' });
			if (failure !== undefined) throw new Error(`not acknowledged: ${failure}`);
		},
		prompts: (place) => slack.suggestedPrompts(place.channelId).map(({ message }) => message),
		notifies({ place, messageId }) {
			const { visibleText = '', text = '' } = slack.message(place.channelId, messageId) ?? {};
			// Slack's own commands work everywhere; names without brackets would at most outside of code, and in blocks alone.
			return /<[!@]/.test(visibleText + text) || /@(?:channel|here|everyone)/i.test(visibleText.replace(/```[\s\S]*?```/g, ''));
		},
		failNext: (operation, how) => slack.fail({ method: methods[operation] ?? operation, ...faults[how] }),
		async endStream({ place, messageId }, how) {
			if (how === 'expire') slack.ageStream(place.channelId, messageId, 6 * 60_000);
			else await slack.stopStreaming({ user: tom, channel: place.channelId, threadTs: place.threadId });
		},
		sinkFails: held.sinkFails,
		events: held.events,
		happenings: held.happenings,
		profiles: held.profiles,
		forget() {
			held.events.splice(0);
			held.happenings.splice(0);
			held.profiles.splice(0);
		},
		close: held.close,
	};
}

describeAdapterContract({ name: 'the Slack adapter', open });
