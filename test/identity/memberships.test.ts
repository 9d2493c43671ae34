import { describe, expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import { createMemberships, type Memberships } from '#src/identity/memberships.ts';
import { unknownAudience } from '#src/platform/audience.ts';
import { createAccounts } from '#src/platform/directory.ts';
import type { Place } from '#src/platform/place.ts';
import { createFakePlatform, type FakePlatform, roomyCapabilities } from '#test/fakes/chat-platform.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';
import { unpaced } from '#test/fakes/unpaced.ts';

const { signal } = new AbortController();
const place: Place = { platform: 'fake', tenantId: 'T', channelId: 'C', threadId: '1', kind: 'channel' };
const [ana, luis] = ['ana', 'luis'].map((accountId) => ({ tenantId: 'T', accountId })) as [Actor, Actor];
type Actor = { platform?: string; tenantId: string; accountId: string };

/** Processes over one platform that hear each other. */
function open(given: { listsMembers?: boolean } = {}) {
	const listeners = new Set<(text: string) => void>();
	const signals = {
		publish: async (_channel: string, text: string) => {
			for (const listener of listeners) listener(text);
		},
		subscribe: async (_channel: string, listener: (text: string) => void) => {
			listeners.add(listener);
			return async () => void listeners.delete(listener);
		},
	};
	const clock = createManualClock();
	const platform = createFakePlatform({ ...roomyCapabilities, listsMembers: given.listsMembers ?? false });
	platform.members = new Map([['C', ['ana']]]);
	/** By account, how long ago the platform told something of it. */
	const toldAgoMs = new Map<string, number>();
	const told = async () => toldAgoMs;
	const addProcess = () => createMemberships({ clock, pacers: unpaced, signals, told });
	const asked = () => platform.calls.filter(({ operation }) => operation === 'look-up-members').length;
	return { clock, platform, addProcess, asked, toldAgoMs, publish: signals.publish };
}

const isIn = (memberships: Memberships, platform: FakePlatform, actor: Actor, where = place) =>
	memberships.isMember(platform, where, actor, signal);

describe('an audience', () => {
	it('is asked for once a minute and place, and anew when anybody comes or goes', async () => {
		const { clock, platform, addProcess, asked } = open();
		const memberships = addProcess();
		const audience = async (threadId = '1') => await memberships.audienceOf(platform, { ...place, threadId }, signal);
		expect([(await audience()).accountIds, (await audience('2')).accountIds]).toEqual([new Set(['ana']), new Set(['ana'])]);
		expect(asked()).toBe(1);
		platform.members = new Map([['C', ['ana', 'luis']]]);
		for (const change of [{ channelId: 'C' }, { channelId: 'D', accountId: 'luis' }, {}]) {
			await memberships.forget({ platform: 'fake', ...change });
			expect((await audience()).accountIds).toEqual(new Set(['ana', 'luis']));
		}
		expect(asked()).toBe(4);
		await clock.advance(60_000);
		await audience();
		expect(asked()).toBe(5);
	});

	it('has nobody in it as what they were before the platform told of them, whichever process it told', async () => {
		const { clock, platform, addProcess, toldAgoMs } = open();
		const directory = createAccounts({ clock });
		const profile = { displayName: 'Ana', locale: null, isBot: false, isGuest: false, isExternal: false, isDeactivated: false };
		// As an adapter does: whoever is not in its directory is asked for alone.
		const readAudience = platform.fetchAudience.bind(platform);
		Object.assign(platform, {
			directory,
			fetchAudience: async (where: Place) => {
				const { isGuest } = directory.recall(ana, 15 * 60_000)?.profile ?? { isGuest: true };
				return { ...(await readAudience(where, signal)), hasOutsiders: isGuest };
			},
		});
		const memberships = addProcess();
		const hasOutsiders = async () => (await memberships.audienceOf(platform, place, signal)).hasOutsiders;
		directory.learn([{ ...ana, ...profile }], clock.now());
		expect(await hasOutsiders()).toBe(false);
		await clock.advance(30_000);
		// Another process hears that she is a guest now; the next look is within the minute.
		toldAgoMs.set('ana', 29_000);
		await clock.advance(30_000);
		expect(await hasOutsiders()).toBe(true);
		await clock.advance(1_000);
		directory.learn([{ ...ana, ...profile }], clock.now());
		await clock.advance(60_000);
		toldAgoMs.set('ana', 91_000);
		expect(await hasOutsiders()).toBe(false);
	});

	it('is unknown where the platform cannot say', async () => {
		const { platform, addProcess } = open();
		platform.members = new BotError('PLATFORM_REJECTED', 'not told', { reason: 'missing_scope' });
		expect(await addProcess().audienceOf(platform, place, signal)).toEqual(unknownAudience);
	});
});

describe('a membership', () => {
	it('is asked for once a minute and account, whatever the thread', async () => {
		const { clock, platform, addProcess, asked } = open();
		const memberships = addProcess();
		expect(await isIn(memberships, platform, ana)).toBe(true);
		expect(await isIn(memberships, platform, ana, { ...place, threadId: '2' })).toBe(true);
		expect(await isIn(memberships, platform, luis)).toBe(false);
		expect(asked()).toBe(2);
		platform.members = new Map();
		await clock.advance(59_999);
		expect(await isIn(memberships, platform, ana)).toBe(true);
		await clock.advance(1);
		expect(await isIn(memberships, platform, ana)).toBe(false);
		expect(asked()).toBe(3);
	});

	it('is asked for once a minute and place, where one answer tells of everybody', async () => {
		const { platform, addProcess, asked } = open({ listsMembers: true });
		const memberships = addProcess();
		expect(await Promise.all([isIn(memberships, platform, ana), isIn(memberships, platform, luis)])).toEqual([true, false]);
		expect(asked()).toBe(1);
		expect(await isIn(memberships, platform, ana, { ...place, channelId: 'D' })).toBe(false);
		expect(asked()).toBe(2);
	});

	it('is not asked for again by whoever asks for the audience, where one answer tells of everybody', async () => {
		const { clock, platform, addProcess, asked } = open({ listsMembers: true });
		const memberships = addProcess();
		const asking = [isIn(memberships, platform, ana), memberships.audienceOf(platform, place, signal)] as const;
		expect([await asking[0], (await asking[1]).accountIds]).toEqual([true, new Set(['ana'])]);
		expect(asked()).toBe(1);
		platform.members = new BotError('PLATFORM_REJECTED', 'not told', { reason: 'missing_scope' });
		await clock.advance(60_000);
		expect(await memberships.audienceOf(platform, place, signal)).toEqual(unknownAudience);
		platform.members = new Map([['C', ['luis']]]);
		expect((await memberships.audienceOf(platform, place, signal)).accountIds).toEqual(new Set(['luis']));
	});

	it.each([true, false])('is none of an account that another platform knows, whatever its id (%j)', async (listsMembers) => {
		const { platform, addProcess, asked } = open({ listsMembers });
		expect(await isIn(addProcess(), platform, { ...ana, platform: 'other' })).toBe(false);
		expect(asked()).toBe(0);
	});

	it('is none when the platform cannot say, and then it is asked again', async () => {
		const { platform, addProcess } = open();
		const memberships = addProcess();
		const { members } = platform;
		platform.members = new BotError('PLATFORM_REJECTED', 'not told', { reason: 'missing_scope' });
		expect(await isIn(memberships, platform, ana)).toBe(false);
		platform.members = members;
		expect(await isIn(memberships, platform, ana)).toBe(true);
	});

	it.each([
		['the channel', { channelId: 'C' }],
		['the account', { accountId: 'ana' }],
		['the platform', {}],
	])('is forgotten at once, in every process, when something changes: %s', async (_name, change) => {
		const { platform, addProcess } = open();
		const processes = [addProcess(), addProcess()];
		for (const memberships of processes) {
			await memberships.listen();
			expect(await isIn(memberships, platform, ana)).toBe(true);
		}
		platform.members = new Map();
		await processes[0]?.forget({ platform: 'fake', ...change });
		for (const memberships of processes) expect(await isIn(memberships, platform, ana)).toBe(false);
	});

	it('is not forgotten for what happens elsewhere', async () => {
		const { platform, addProcess, asked, publish } = open();
		const memberships = addProcess();
		await memberships.listen();
		await isIn(memberships, platform, ana);
		await memberships.forget({ platform: 'other' });
		await memberships.forget({ platform: 'fake', channelId: 'D', accountId: 'luis' });
		for (const nonsense of ['', '[]', '{"platform":7}']) await publish('forget-members', nonsense);
		await isIn(memberships, platform, ana);
		expect(asked()).toBe(1);
	});

	it('that changes while it is asked for is asked for again', async () => {
		const { platform, addProcess, asked } = open();
		const memberships = addProcess();
		const first = isIn(memberships, platform, ana);
		platform.members = new Map();
		await memberships.forget({ platform: 'fake', channelId: 'C' });
		expect(await first).toBe(false);
		expect(asked()).toBe(2);
	});

	it('is not waited for by whoever has gone, and told to the others', async () => {
		const { platform, addProcess, asked } = open();
		const memberships = addProcess();
		const leaving = new AbortController();
		const left = memberships.isMember(platform, place, ana, leaving.signal);
		const staying = isIn(memberships, platform, ana);
		leaving.abort();
		await expect(left).rejects.toMatchObject({ code: 'CANCELLED' });
		expect(await staying).toBe(true);
		expect(asked()).toBe(1);
	});
});
