/** Limits that an administrator sets in the chat: what they refuse, what they say, and that nobody else notices. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { english } from '#src/locales/english.ts';
import { eventually } from './eventually.ts';
import { modelName } from './installation.ts';
import { queryDatabase, requestsFor } from './observe.ts';
import { answerTo, ask, type Colleague, colleague, command, employee, usualAnswer } from './people/everywhere.ts';
import { begun, type Company, openCompany } from './platforms/company.ts';
import { openSlackStage, type SlackStage } from './platforms/slack-stage.ts';
import { answerText, leaks, question } from './promises.ts';

const { administration, limits } = english;

describe('limits of people', () => {
	let company: Company;
	let stage: SlackStage;
	let admin: Colleague;
	beforeAll(async () => {
		stage = await openSlackStage();
		admin = employee(stage);
		const environment = { OPENCCB_ADMINS: admin.reference, OPENCCB_AUDIT: 'off' };
		company = await openCompany(async () => stage, { environment, ollama: { tokensPerSecond: 300 } });
		company.ollama.answer(usualAnswer);
	});
	afterAll(async () => {
		expect(leaks(company)).toEqual([]);
		await company.close();
	});

	/** Somebody who was met, with this limit of their own, and somebody without. */
	async function limited(limit: string): Promise<[person: Colleague, other: Colleague]> {
		const person = employee(stage);
		expect(await command(person, 'status')).toContain(english.command.statusFine);
		await setLimit(person, limit);
		return [person, employee(stage)];
	}

	async function setLimit({ reference }: Colleague, limit: string): Promise<void> {
		const told = await command(admin, `admin limit ${reference} ${limit}`);
		expect(told).toContain(`: ${limit.replace(' ', ' is ')} from now on.`);
	}

	async function asks(person: Colleague, text: string): Promise<string> {
		return await answerTo(person, await ask(person, question(text)));
	}

	it('hold by the minute, and say when to come back', async () => {
		const [person, other] = await limited('requests-per-minute 2');
		expect([await asks(person, 'first'), await asks(person, 'second')]).toEqual([usualAnswer, usualAnswer]);
		const [said] = limits.refusal.requestsPerMinute(2, 1_000).split('1 s');
		expect(await asks(person, 'one too often')).toMatch(new RegExp(`^${said}(\\d+ s|1 min)\\.$`));
		expect(requestsFor(company, 'one too often')).toEqual([]);
		expect(await queryDatabase(company, "select id from messages where content like '%one too often%'")).toEqual([]);
		expect(await command(person, 'quota')).toContain(limits.quota.used(2, 2, 1).split(';')[0]);
		expect(await asks(other, 'am I concerned')).toBe(usualAnswer);
		await setLimit(person, 'requests-per-minute none');
		expect(await asks(person, 'and now')).toBe(usualAnswer);
	});

	it('are told to the person alone', async () => {
		const room = stage.openRoom('channel');
		const person = colleague(stage, room.asker, stage.openRoom('direct'));
		const bystander = stage.colleagueIn(room);
		const { told } = await stage.command({ room, user: room.asker, text: 'status' });
		await eventually(() => told().length > 0);
		await setLimit(person, 'requests-per-minute 0');
		const asked = await stage.ask({ room, text: question('in front of everybody') });
		await eventually(() => stage.privateWords(room, room.asker).length > 1);
		expect(stage.privateWords(room, room.asker).slice(1)).toEqual([limits.refusal.requestsPerMinute(0, null)]);
		expect(stage.privateWords(room, bystander)).toEqual([]);
		expect(stage.answers(asked)).toEqual([]);
	});

	it('hold for the length of a message', async () => {
		const [person, other] = await limited('message-characters 60');
		const long = question(`is this ${'really '.repeat(10)}so`);
		expect(await answerTo(person, await ask(person, long))).toBe(limits.refusal.messageCharacters(long.length, 60));
		expect(await answerTo(other, await ask(other, long))).toBe(usualAnswer);
		expect(await asks(person, 'and this')).toBe(usualAnswer);
	});

	it('hold for answers at the same time, and only for those', async () => {
		const [person, other] = await limited('replies-in-flight 1');
		company.ollama.answer(answerText(700));
		const running = await ask(person, question('a long one'));
		await begun(company, running).finally(() => company.ollama.answer(usualAnswer));
		expect(await asks(person, 'one more at once')).toContain(limits.refusal.repliesInFlight(1));
		expect(requestsFor(company, 'one more at once')).toEqual([]);
		expect(await asks(other, 'me too')).toBe(usualAnswer);
		await stage.stop(running, person.user);
		await eventually(() => stage.answers(running)[0]?.text.includes(english.notice.stopped));
		expect(await asks(person, 'now that it has stopped')).toBe(usualAnswer);
	});

	it('hold for the size of files: a question about one is answered with the reason', async () => {
		const [person, other] = await limited('upload-bytes 1048576');
		const send = async ({ user, chat }: Colleague) => {
			const files = [{ name: 'plan.pdf', mimetype: 'application/pdf', content: 'x'.repeat(2 * 1_048_576) }];
			const { ts } = await stage.slack.say({ user, channel: chat.id, text: question('what is in it'), files });
			const asked = { room: chat, user, messageId: ts, text: '', threadId: ts };
			const isTold = (text: string) => text.includes('plan.pdf') && !text.includes(english.files.reading);
			return await eventually(() => stage.answers(asked).find(({ text, isOpen }) => !isOpen && isTold(text))?.text);
		};
		expect(await send(person)).toContain(english.files.unread['upload-size']);
		expect(await send(other)).toContain(english.files.unread['type-mismatch']);
	});

	it('hold for the tokens of a day, from the answer on that used them up', async () => {
		const [person, other] = await limited('tokens-per-day 10');
		expect(await asks(person, 'the last one today')).toBe(usualAnswer);
		const [said = 'nothing'] = limits.refusal.tokensPerDay(10, 1_000).split('1 s');
		expect(await asks(person, 'and another')).toMatch(new RegExp(`^${said}24 h\\.$`));
		expect(await asks(other, 'is there something left')).toBe(usualAnswer);
		await setLimit(person, 'tokens-per-day standard');
		expect(await asks(person, 'tomorrow already')).toBe(usualAnswer);
	});

	it('of a role hold for whoever has it, unless they have one of their own', async () => {
		await command(admin, 'admin role create trainees');
		const [person, other] = await limited('models none');
		for (const { reference } of [person, other]) await command(admin, `admin grant ${reference} trainees`);
		expect(await command(admin, 'admin limit trainees models tiny:1b')).toBe(administration.done.limited('trainees', 'models', 'tiny:1b'));
		expect(await asks(other, 'may I')).toBe(limits.refusal.models(modelName, 'tiny:1b'));
		expect(await asks(person, 'may I')).toBe(usualAnswer);
		expect(await asks(employee(stage), 'may I')).toBe(usualAnswer);
		for (const { reference } of [person, other]) await command(admin, `admin revoke ${reference}`);
		expect(await command(admin, 'admin role drop trainees')).toBe(administration.done.roleDropped('trainees'));
	});

	it('of the configuration hold for administrators: nobody reads what others said where it is switched off', async () => {
		const person = employee(stage);
		expect(await asks(person, 'for nobody else')).toBe(usualAnswer);
		expect(await command(admin, `audit ${person.reference} 5 complaint of the works council`)).toBe(administration.audit.off);
		expect(await queryDatabase(company, "select outcome from audit_log where action = 'audit' and outcome = 'done'")).toEqual([]);
	});
});
