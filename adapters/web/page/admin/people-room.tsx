/** Everybody whom the bot has met: found by name or account, given a role, locked and unlocked. */

import { useEffect, useState } from 'preact/hooks';
import type { PersonView } from '#src/api/contract/administration.ts';
import { usePage } from '../parts/page-context.ts';
import { ApiProblem, type ShownPeople } from '../state/api-client.ts';
import { useAdminWords } from './admin-words.ts';
import { Outcome } from './order-room.tsx';
import { Pages } from './pages.tsx';
import { useOrder } from './use-order.ts';

/** Faster than this nobody types whole names. */
const searchAfterMs = 250;

export function PeopleRoom() {
	const { chat, words: page } = usePage();
	const words = useAdminWords();
	const [query, setQuery] = useState('');
	const [number, setNumber] = useState(0);
	const [times, setTimes] = useState(0);
	const [shown, setShown] = useState<ShownPeople | null>(null);
	const [problem, setProblem] = useState<string | null>(null);
	const { result, isBusy, give } = useOrder();
	useEffect(() => {
		let isOver = false;
		const read = async () => {
			try {
				const people = await chat.api.listPeople(query, number);
				if (!isOver) setShown(people);
				if (!isOver) setProblem(null);
			} catch (thrown) {
				if (!isOver) setProblem((thrown instanceof ApiProblem && thrown.message) || page.line.trouble);
			}
		};
		const timer = setTimeout(() => void read(), query === '' ? 0 : searchAfterMs);
		return () => {
			isOver = true;
			clearTimeout(timer);
		};
	}, [query, number, times]);
	const change = async (order: string) => {
		await give(order);
		// Also where it was refused: what was chosen is not so.
		setTimes((count) => count + 1);
	};
	const search = (typed: string) => {
		setNumber(0);
		setQuery(typed);
	};
	return (
		<>
			<p class="hint">{words.people.about}</p>
			<input
				type="search"
				class="people-search"
				maxLength={200}
				placeholder={words.people.search}
				aria-label={words.people.search}
				value={query}
				onInput={(event) => search(event.currentTarget.value)}
			/>
			<Outcome result={result} />
			{problem !== null && <p role="status">{problem}</p>}
			{shown === null && problem === null && <p class="hint">{words.loading}</p>}
			{shown?.people.length === 0 && <p role="status">{words.people.none}</p>}
			{shown !== null && shown.people.length > 0 && <PeopleTable key={times} {...{ shown, isBusy, change }} />}
			{shown !== null && <Pages number={number} hasMore={shown.hasMore} onNumber={setNumber} />}
		</>
	);
}

interface Changing {
	isBusy: boolean;
	change(order: string): Promise<void>;
}

function PeopleTable({ shown: { people, roles }, ...changing }: Changing & { shown: ShownPeople }) {
	const { columns } = useAdminWords().people;
	const words = useAdminWords();
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
		<section class="grid-frame" tabIndex={0} aria-label={words.rooms.people}>
			<table class="people">
				<thead>
					<tr>
						{Object.entries(columns).map(([name, label]) => (
							<th key={name} scope="col">
								{label}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{people.map((person) => (
						<PersonRow key={person.id} {...{ person, roles }} {...changing} />
					))}
				</tbody>
			</table>
		</section>
	);
}

function PersonRow({ person, roles, isBusy, change }: Changing & { person: PersonView; roles: readonly string[] }) {
	const { words: page } = usePage();
	const words = useAdminWords().people;
	const { name, role, isLocked, accounts } = person;
	const reference = accounts[0]?.reference ?? '';
	const choose = (chosen: string) => void change(chosen === '' ? `admin revoke ${reference}` : `admin grant ${reference} ${chosen}`);
	return (
		<tr>
			<th scope="row" dir="auto">
				{name}
			</th>
			<td>
				{accounts.map((account) => (
					<div key={account.reference}>
						{page.places[account.platform] ?? account.platform}: <span dir="auto">{account.name}</span>
						<span class="hint"> {marksOf(account, words)}</span>
					</div>
				))}
			</td>
			<td>
				<select
					aria-label={words.roleOf(name)}
					value={role ?? ''}
					disabled={isBusy}
					onChange={(event) => choose(event.currentTarget.value)}
				>
					<option value="">{words.byRule}</option>
					{roles.map((each) => (
						<option key={each} value={each}>
							{each}
						</option>
					))}
				</select>
			</td>
			<td>{isLocked ? <strong class="trouble-mark">{words.locked}</strong> : words.active}</td>
			<td class="person-actions">
				<button
					type="button"
					disabled={isBusy}
					aria-label={isLocked ? words.unlockOf(name) : words.lockOf(name)}
					onClick={() => void change(`admin ${isLocked ? 'activate' : 'deactivate'} ${reference}`)}
				>
					{isLocked ? words.unlock : words.lock}
				</button>
				<button type="button" disabled={isBusy} aria-label={words.detailsOf(name)} onClick={() => void change(`admin who ${reference}`)}>
					{words.details}
				</button>
			</td>
		</tr>
	);
}

function marksOf(
	{ isClosed, isExternal, isGuest }: PersonView['accounts'][number],
	words: { closed: string; external: string; guest: string },
): string {
	return [isClosed && words.closed, isExternal ? words.external : isGuest && words.guest].filter(Boolean).join(', ');
}
