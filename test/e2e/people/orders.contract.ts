/** What administrators order in the chats, and what comes of it on every platform. */

import { describe, expect, it } from 'vitest';
import { english } from '#src/locales/english.ts';
import { eventually } from '../eventually.ts';
import { queryDatabase, requestsFor } from '../observe.ts';
import { answerText, question } from '../promises.ts';
import {
	accountRows,
	answerTo,
	ask,
	type Colleague,
	colleague,
	command,
	type Everywhere,
	employee,
	platformNames,
	quiet,
	usualAnswer,
} from './everywhere.ts';

const { administration, limits, refusal, notice } = english;

export function describeOrders(everywhere: () => Everywhere): void {
	async function roleOf(person: Colleague): Promise<string> {
		return (await command(person, 'quota')).split('\n')[0] ?? '';
	}

	describe.each(platformNames)('orders given on %s', (name) => {
		it('give and take a role that an administrator made, under which people are answered', async () => {
			const company = everywhere();
			const { done } = administration;
			const admin = company.administrators[name];
			const person = employee(company[name]);
			const role = `buyers${name}`;
			expect(await command(admin, `admin role create ${role} rank 200`)).toBe(done.roleCreated(role, 200));
			expect(await roleOf(person)).toBe(limits.quota.role('employee'));
			expect(await command(admin, `admin grant ${person.reference} ${role}`)).toMatch(ending(done.granted('', role)));
			expect(await roleOf(person)).toBe(limits.quota.role(role));
			expect(await answerTo(person, await ask(person, question(`may I buy on ${name}`)))).toBe(usualAnswer);
			expect(await accountRows(company, person)).toMatchObject([{ role: `ccb_${role}` }]);
			expect(await command(admin, `admin role drop ${role}`)).toBe(administration.refused.roleInUse(role, 1, 0));
			expect(await command(admin, `admin revoke ${person.reference}`)).toMatch(ending(done.revoked('')));
			expect(await roleOf(person)).toBe(limits.quota.role('employee'));
			expect(await command(admin, `admin role drop ${role}`)).toBe(done.roleDropped(role));
		});

		it('make a group of the platform stand for a role', async () => {
			const company = everywhere();
			const admin = company.administrators[name];
			const [inside, beside] = [employee(company[name]), employee(company[name])];
			const group = await company[name].addGroup([inside.user]);
			await quiet(company);
			expect(await roleOf(inside)).toBe(limits.quota.role('employee'));
			expect(await command(admin, `admin map ${group} admin`)).toBe(administration.done.mapped(group, 'admin'));
			expect(await roleOf(inside)).toBe(limits.quota.role('admin'));
			expect(await roleOf(beside)).toBe(limits.quota.role('employee'));
			expect(await command(inside, 'admin roles')).toMatch(new RegExp(`${group}\\W+admin`));
			expect(await command(admin, `admin unmap ${group}`)).toBe(administration.done.unmapped(group));
			expect(await roleOf(inside)).toBe(limits.quota.role('employee'));
		});

		it('are not taken from employees, who are told who could', async () => {
			const company = everywhere();
			const person = employee(company[name]);
			for (const order of [`admin grant ${person.reference} admin`, `audit ${person.reference} only out of curiosity`, 'queue drain']) {
				expect(await command(person, order)).toBe(refusal.administratorsOnly(person.reference));
			}
			expect(await accountRows(company, person)).toMatchObject([{ role: null }]);
			expect(await command(person, 'help')).not.toContain(english.command.about.admin);
			expect(await command(company.administrators[name], 'help')).toContain(english.command.about.admin);
		});
	});

	it('are asked for in a form on Teams, and whether they can be carried out shows when it is sent', async () => {
		const company = everywhere();
		const { teams } = company.teams;
		const { user, chat } = company.administrators.teams;
		const person = employee(company.slack);
		const told = await command(company.administrators.teams, 'admin grant');
		expect(told).toContain(administration.fields.person.label);
		const shown = () => teams.messages(chat.id).filter(({ from }) => from === 'bot');
		const form = shown().at(-1)?.id ?? '';
		const press = { user, conversation: chat.id, id: form, title: english.command.form.submit };
		expect(await teams.pressCard({ ...press, inputs: { person: person.reference, role: 'nobodies' } })).toMatchObject({ status: 200 });
		const last = () => shown().find(({ id }) => Number(id) > Number(form))?.visibleText ?? '';
		expect(await eventually(last)).toContain('nobodies');
	});

	it('are completed on Discord while administrators type them, with the roles that there are, and for nobody else', async () => {
		const { discord, administrators } = everywhere();
		const typing = { name: 'ccb-admin', subcommand: 'admin', option: 'order', typed: 'grant somebody ' };
		const offeredTo = ({ user, chat }: Colleague) => discord.discord.type({ ...typing, user, channel: chat.id });
		expect(await offeredTo(administrators.discord)).toEqual(expect.arrayContaining(['grant somebody employee', 'grant somebody admin']));
		expect(await offeredTo(employee(discord))).toEqual([]);
	});

	it('look after what was left for later', async () => {
		const admin = everywhere().administrators.teams;
		const id = '6f1c2d3e-4a5b-4c6d-8e7f-90a1b2c3d4e5';
		for (const order of ['retry', 'drop']) {
			expect(await command(admin, `admin jobs ${order} ${id}`)).toBe(administration.refused.unknownJob(id));
		}
		expect(await command(admin, 'admin jobs')).not.toContain(id);
		expect(await command(admin, 'admin log 2')).toContain('jobs-drop');
	});

	describe('orders about people', () => {
		it('lock somebody out at once: a running answer stops, and their next word is refused', async () => {
			const company = everywhere();
			const person = employee(company.slack);
			answerHalf(company);
			try {
				const asked = await ask(person, question('a very long one'));
				await eventually(() => company.slack.answers(asked)[0]?.text.startsWith('quokka0'));
				const told = await command(company.administrators.discord, `admin deactivate ${person.reference}`);
				expect(told).toMatch(ending(administration.done.deactivated('')));
				expect(await answerTo(person, asked)).toContain(notice.stopped);
			} finally {
				company.ollama.answer(usualAnswer);
			}
			expect(await answerTo(person, await ask(person, question('and now')))).toBe(refusal.deactivated);
			expect(requestsFor(company, 'and now')).toEqual([]);
			expect(await accountRows(company, person)).toMatchObject([{ isLocked: true }]);
			await command(company.administrators.teams, `admin activate ${person.reference}`);
			expect(await answerTo(person, await ask(person, question('and now again')))).toBe(usualAnswer);
		});

		it('let guests of a tenant in, and out again', async () => {
			const company = everywhere();
			const [outsider] = company.teams.outsiders().filter(({ who, room }) => who === 'a guest' && room.kind === 'direct');
			const guest = colleague(company.teams, outsider?.id ?? '', outsider?.room ?? company.teams.openRoom('direct'));
			const tenant = `teams:${company.teams.teams.tenantId}`;
			expect(await answerTo(guest, await ask(guest, question('may I')))).toBe(refusal.guest);
			const admitted = await command(company.administrators.slack, `admin admit guests ${tenant} employee`);
			expect(admitted).toBe(administration.done.guestsAdmitted(tenant, 'employee'));
			expect(await answerTo(guest, await ask(guest, question('may I now')))).toBe(usualAnswer);
			expect(await command(guest, `admin grant ${guest.reference} admin`)).toBe(refusal.administratorsOnly(guest.reference));
			await command(company.administrators.slack, `admin dismiss guests ${tenant}`);
			expect(await answerTo(guest, await ask(guest, question('and now no more')))).toBe(refusal.guest);
		});

		it('let one guest in by name, and nobody else', async () => {
			const company = everywhere();
			const [first, second] = company.slack.outsiders().filter(({ room }) => room.kind === 'direct');
			const [guest, stranger] = [first, second].map((one) =>
				colleague(company.slack, one?.id ?? '', one?.room ?? company.slack.openRoom('direct')),
			);
			if (guest === undefined || stranger === undefined) throw new TypeError('the stage has no outsiders');
			const told = await command(company.administrators.teams, `admin admit ${guest.reference} employee`);
			expect(told).toContain(administration.done.entered(guest.reference));
			expect(await answerTo(guest, await ask(guest, question('I was invited')))).toBe(usualAnswer);
			expect(await answerTo(stranger, await ask(stranger, question('I was not')))).toBe(refusal.guest);
		});

		it('make administrators and unmake them, but not those whom the configuration names', async () => {
			const company = everywhere();
			const [admin, person] = [company.administrators.discord, employee(company.teams)];
			await command(admin, `admin grant ${person.reference} admin`);
			const refused = await command(person, `admin deactivate ${admin.reference}`);
			expect(refused).toMatch(ending(administration.refused.listed('')));
			expect(await command(admin, `admin revoke ${person.reference}`)).toMatch(ending(administration.done.revoked('')));
			expect(await command(person, 'admin roles')).toBe(refusal.administratorsOnly(person.reference));
			expect(await accountRows(company, admin)).toMatchObject([{ role: 'ccb_admin', isLocked: false }]);
		});

		it('read what somebody told the bot, and are on the record', async () => {
			const company = everywhere();
			const person = employee(company.discord);
			const admin = company.administrators.slack;
			expect(await answerTo(person, await ask(person, question('something embarrassing')))).toBe(usualAnswer);
			expect(await command(admin, `audit ${person.reference} why`)).toBe(administration.audit.reason);
			const shown = await command(admin, `audit ${person.reference} 5 complaint of the works council`);
			expect(shown).toContain(question('something embarrassing'));
			expect(shown).toContain(usualAnswer);
			const select = `
				select l.outcome, l.details->>'reason' as reason, subject_user_id as "subjectUserId" from audit_log l
				where action = 'audit' and outcome = 'done' order by sequence desc limit 1`;
			const [entry] = await queryDatabase<{ reason: string; subjectUserId: string }>(company, select);
			expect(entry).toMatchObject({
				reason: 'complaint of the works council',
				subjectUserId: (await accountRows(company, person))[0]?.userId,
			});
			expect(await command(company.administrators.teams, 'admin log 3')).toContain('complaint of the works council');
		});

		it('name people by mention', async () => {
			const company = everywhere();
			const { slack, discord } = company;
			const [onSlack, onDiscord] = [employee(slack), employee(discord)];
			for (const person of [onSlack, onDiscord]) await command(person, 'status');
			const who = await command(company.administrators.slack, `admin who <@${onSlack.user}|somebody>`);
			expect(who).toContain(onSlack.reference);
			expect(await command(company.administrators.discord, `admin who <@${onDiscord.user}>`)).toContain(onDiscord.reference);
		});
	});
}

/** However long something takes that comes meanwhile, the next answer is not over. */
function answerHalf({ ollama }: Everywhere): void {
	ollama.answer(answerText(2_000));
	ollama.fail({ kind: 'stall-between-tokens', afterTokens: 60 });
}

/** The sentence after whomever it is about. */
function ending(sentence: string): RegExp {
	return new RegExp(`${sentence.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
}
