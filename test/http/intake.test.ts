import { describe, expect, it } from 'vitest';
import type { DatabaseHealth } from '#src/database/database.ts';
import { createIntakeGate } from '#src/http/intake.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';

const up: DatabaseHealth = { state: 'up' };
const down: DatabaseHealth = { state: 'down', reason: 'no answer' };

describe('the intake', () => {
	it('is open while the database answers', async () => {
		const { intake, clock, say } = open(up);
		expect(await intake.isOpen()).toBe(true);
		say(down);
		await clock.advance(1_000);
		expect(await intake.isOpen()).toBe(false);
		say(up);
		await clock.advance(1_000);
		expect(await intake.isOpen()).toBe(true);
	});

	it('is not open before there is a database', async () => {
		const { clock } = open(up);
		expect(await createIntakeGate(() => null, clock).isOpen()).toBe(false);
	});

	it('is closed for good by whoever closes it, also for whoever has just asked', async () => {
		const { intake } = open(up);
		const asked = intake.isOpen();
		intake.close();
		expect(await asked).toBe(false);
		expect(await intake.isOpen()).toBe(false);
	});

	it('asks the database once a second, however many ask it', async () => {
		const { intake, clock, asked } = open(up);
		await Promise.all(Array.from({ length: 100 }, () => intake.isOpen()));
		await clock.advance(999);
		await intake.isOpen();
		expect(asked()).toBe(1);
		await clock.advance(1);
		await intake.isOpen();
		expect(asked()).toBe(2);
	});
});

function open(health: DatabaseHealth) {
	const clock = createManualClock();
	let said = health;
	let asked = 0;
	const database = {
		async health() {
			asked++;
			return said;
		},
	};
	const say = (other: DatabaseHealth) => {
		said = other;
	};
	return { intake: createIntakeGate(() => database, clock), clock, say, asked: () => asked };
}
