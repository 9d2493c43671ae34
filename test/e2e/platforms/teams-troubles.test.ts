import { describe, expect, it } from 'vitest';
import { english } from '#src/locales/english.ts';
import { eventually } from '../eventually.ts';
import { requestsFor } from '../observe.ts';
import { answerText, question, settled } from '../promises.ts';
import { expectGoodManners, openCompany, whole } from './company.ts';
import { describeFaults } from './faults.contract.ts';
import { describeLateDeletion, describeRefusals } from './refusals.contract.ts';
import { openTeamsStage } from './teams-stage.ts';

describe('on Teams: faults', () => describeFaults(openTeamsStage, ['direct', 'channel'], false));
describe('on Teams: refusals', () => describeRefusals(openTeamsStage, ['before', 'within']));
describe('on Teams: a late deletion', () => describeLateDeletion(openTeamsStage, 'server'));

describe('on Teams: an answer whose only post is answered by an error, where nobody can look', () => {
	it('is not called answered, and its asker is told that it may not be there', async () => {
		await using company = await openCompany(openTeamsStage);
		const { stage, ollama, program } = company;
		const text = answerText(8);
		ollama.answer(text);
		const room = stage.openRoom('channel');
		const first = await stage.ask({ room, text: question('are you there') });
		await whole(company, first);
		stage.setUnavailable(true);
		const asked = await stage.ask({ room, text: question('did it arrive'), after: first });
		await eventually(() => requestsFor(company, asked.text).at(-1)?.record.endedAtMs);
		const refused = stage.unavailableCalls();
		await eventually(() => stage.unavailableCalls() > refused, 30_000);
		stage.setUnavailable(false);
		stage.fail('channel', 'first', 'lost');
		await eventually(() => stage.privateWords(room, asked.user).length > 0, 30_000);
		await settled(program);
		expect(stage.privateWords(room, asked.user)).toEqual([english.undelivered.lost]);
		expect(stage.answers(asked).map((answer) => answer.text)).toEqual([text]);
		expect(await program.metric('openccb_replies_undelivered_total', 'reason="lost"')).toBe(1);
		const outcomes = program.log.filter(({ msg }) => msg === 'event handled').map(({ outcome }) => outcome);
		expect(outcomes).toEqual(['answered', 'undelivered']);
		expectGoodManners(company);
	}, 60_000);
});
