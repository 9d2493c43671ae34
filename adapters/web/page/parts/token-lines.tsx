/** Tokens that the person gave to programs: made, shown once, listed, ended. */

import { useId, useState } from 'preact/hooks';
import type { MadeToken, TokenRow } from '#src/api/contract/tokens.ts';
import { CopyButton } from './copy-button.tsx';
import { usePage } from './page-context.ts';
import { useRead } from './use-read.ts';

export function TokenLines() {
	const { chat, words } = usePage();
	const { value: tokens, problem, again } = useRead(chat.api.listTokens);
	const [made, setMade] = useState<MadeToken | null>(null);
	const end = async ({ id }: TokenRow) => {
		if (await chat.attempt(() => chat.api.endToken(id))) again();
	};
	return (
		<>
			<p class="hint">{words.tokens.hint}</p>
			{problem !== null && <p role="status">{problem}</p>}
			<ul class="rows">
				{tokens?.map((token) => (
					<TokenLine key={token.id} token={token} onEnd={() => void end(token)} />
				))}
			</ul>
			{made !== null && (
				<p role="status" class="made-token">
					<span>{words.tokens.made}</span>
					<code>{made.secret}</code>
					<CopyButton text={made.secret} isSaid />
				</p>
			)}
			<TokenForm
				onMade={(token) => {
					setMade(token);
					again();
				}}
			/>
		</>
	);
}

function TokenLine({ token: { name, hint, scopes, expiresAt, lastUsedAt }, onEnd }: { token: TokenRow; onEnd(): void }) {
	const { words, language } = usePage();
	const shown = (moment: string) => new Date(moment).toLocaleDateString(language, { dateStyle: 'medium' });
	return (
		<li>
			<strong dir="auto">{name}</strong>
			<span>{words.tokens.until(shown(expiresAt))}</span>
			<span class="hint">
				{`${hint}… · ${scopes.map((scope) => words.tokens.scopes[scope]).join(', ')} · ${lastUsedAt === null ? words.tokens.unused : words.tokens.used(shown(lastUsedAt))}`}
			</span>
			<button type="button" aria-label={words.tokens.endOf(name)} onClick={onEnd}>
				{words.tokens.end}
			</button>
		</li>
	);
}

const scopes = ['chat', 'read', 'files'] as const;
const lifetimes = [7, 30, 90, 365] as const;

function TokenForm({ onMade }: { onMade(made: MadeToken): void }) {
	const { chat, words } = usePage();
	const id = useId();
	const [name, setName] = useState('');
	const [chosen, setChosen] = useState<readonly (typeof scopes)[number][]>(['chat']);
	const [days, setDays] = useState<number>(90);
	const toggle = (scope: (typeof scopes)[number]) => {
		setChosen(chosen.includes(scope) ? chosen.filter((one) => one !== scope) : [...chosen, scope]);
	};
	const make = async (event: Event) => {
		event.preventDefault();
		const wanted = { name: name.trim(), scopes: [...chosen], days };
		const isMade = await chat.attempt(async () => onMade(await chat.api.makeToken(wanted)));
		if (isMade) setName('');
	};
	return (
		<form class="token-form" onSubmit={(event) => void make(event)}>
			<label for={`${id}-name`}>{words.tokens.name}</label>
			<input id={`${id}-name`} dir="auto" maxLength={100} value={name} onInput={(event) => setName(event.currentTarget.value)} />
			<fieldset class="one-of">
				<legend>{words.tokens.allows}</legend>
				{scopes.map((scope) => (
					<label key={scope}>
						<input type="checkbox" checked={chosen.includes(scope)} onChange={() => toggle(scope)} />
						<span>{words.tokens.scopes[scope]}</span>
					</label>
				))}
			</fieldset>
			<label for={`${id}-days`}>{words.tokens.lifetime}</label>
			<select id={`${id}-days`} value={days} onChange={(event) => setDays(Number(event.currentTarget.value))}>
				{lifetimes.map((one) => (
					<option key={one} value={one}>
						{words.tokens.days(one)}
					</option>
				))}
			</select>
			<button type="submit" class="primary" disabled={name.trim() === '' || chosen.length === 0}>
				{words.tokens.make}
			</button>
		</form>
	);
}
