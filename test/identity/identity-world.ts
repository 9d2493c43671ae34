/** What tests of identities begin with: a database, a platform whose profiles are counted, and somebody new in each test. */

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Database } from '#src/database/database.ts';
import type { Principal } from '#src/database/transaction.ts';
import { BotError } from '#src/errors.ts';
import { createIdentities, type Identities } from '#src/identity/identity.ts';
import type { Person } from '#src/identity/person.ts';
import type { Actor } from '#src/platform/chat-event.ts';
import type { Place } from '#src/platform/place.ts';
import type { Profile } from '#src/platform/profile.ts';
import { createFakePlatform, type FakePlatform } from '#test/fakes/chat-platform.ts';
import { createUser, openServerDatabase, type TestDatabase } from '#test/fakes/database.ts';
import { createManualClock, type ManualClock } from '#test/fakes/manual-clock.ts';
import { unpaced } from '#test/fakes/unpaced.ts';

export const { signal } = new AbortController();
export const away = new BotError('PLATFORM_UNAVAILABLE', 'away', { retryable: true });
const place: Place = { platform: 'fake', tenantId: 'T', channelId: 'C', threadId: '1', kind: 'channel' };
export const meeting = { place };

class IdentityWorld {
	database!: Database;
	platform!: FakePlatform;
	clock!: ManualClock;
	identities!: Identities;
	/** Met by nobody yet. */
	ana!: Actor;
	/** Whose profiles the platform was asked for. */
	lookUps!: string[];
	admin!: Principal;

	async resolve(): Promise<Person> {
		return await this.identities.resolve(this.platform, this.ana, meeting, signal);
	}

	openProcess(admins: string[] = []): Identities {
		return createIdentities({ database: this.database, clock: this.clock, pacers: unpaced, admins });
	}

	async asRegistrar<Row extends object>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
		return await this.database.asRegistrar(({ query }) => query<Row>(sql, parameters));
	}

	async asAdmin(sql: string, parameters: unknown[] = []): Promise<void> {
		await this.database.asUser(this.admin, ({ query }) => query(sql, parameters));
	}

	/** As if the profile had been read so much longer ago. */
	async grow(age: string): Promise<void> {
		const older = `update identities set refreshed_at = refreshed_at - interval '${age}' where account_id = $1`;
		await this.asRegistrar(older, [this.ana.accountId]);
	}

	async storedIdentities(): Promise<object[]> {
		return await this.asRegistrar('select id from identities where account_id = $1', [this.ana.accountId]);
	}

	/** What the audit log says about somebody. */
	async noted(userId: string): Promise<object[]> {
		const entries = 'select actor, action, outcome from audit_log where subject_user_id = $1 order by sequence';
		return await this.database.asUser(this.admin, ({ query }) => query(entries, [userId]));
	}

	/** So that what an administrator says of it concerns no other test. */
	async tenantOfItsOwn(): Promise<string> {
		this.ana = { ...this.ana, tenantId: randomUUID() };
		return this.ana.tenantId;
	}

	failTimes(times: number, error: BotError): void {
		const { platform } = this;
		const { fetchProfile } = platform;
		let left = times;
		platform.fetchProfile = async (actor, where, until) => {
			if (left-- > 0) throw error;
			return await fetchProfile.call(platform, actor, where, until);
		};
	}

	/** The next answer about anybody is `profile`, and comes when it is told to. */
	holdProfile(profile: Partial<Profile>): { asked: Promise<void>; answer(): void } {
		const { platform } = this;
		const { fetchProfile } = platform;
		const [asked, told] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
		platform.fetchProfile = async (actor, where, until) => {
			platform.fetchProfile = fetchProfile;
			asked.resolve();
			const answer = await fetchProfile.call(platform, actor, where, until);
			await told.promise;
			return { ...answer, ...profile };
		};
		return { asked: asked.promise, answer: () => told.resolve() };
	}

	/** Moves the clock while something waits. */
	async withClock<Result>(work: Promise<Result>): Promise<Result> {
		let isSettled = false;
		const settle = () => {
			isSettled = true;
		};
		work.then(settle, settle);
		while (!isSettled) await this.clock.advance(50);
		return await work;
	}
}

/** One database for the file, everything else new for each test. */
export function useIdentityWorld(): IdentityWorld {
	const world = new IdentityWorld();
	let opened: TestDatabase;
	beforeAll(async () => {
		opened = await openServerDatabase();
		world.database = opened.database;
		world.admin = await createUser(world.database, 'ccb_admin');
	});
	afterAll(() => opened.close());
	beforeEach(() => {
		const platform = createFakePlatform();
		const { fetchProfile } = platform;
		platform.fetchProfile = async (actor, where, until) => {
			world.lookUps.push(actor.accountId);
			return await fetchProfile.call(platform, actor, where, until);
		};
		Object.assign(world, { clock: createManualClock(), platform, lookUps: [], ana: { tenantId: 'T', accountId: `U${randomUUID()}` } });
		world.identities = world.openProcess();
	});
	return world;
}
