/** The password and the second factor of an account that has them: changing the one, beginning the other. */

import { useId, useState } from 'preact/hooks';
import type { BegunFactor, OwnPasswordView } from '#src/api/contract/passwords.ts';
import { CopyButton } from './copy-button.tsx';
import { usePage } from './page-context.ts';
import { PasswordField } from './password-field.tsx';

export function PasswordLines({ own, again }: { own: OwnPasswordView; again(): void }) {
	const { words } = usePage();
	const { hasSecondFactor, recoveryCodesLeft } = own;
	return (
		<>
			<ChangeForm />
			<h4>{words.passwords.second}</h4>
			<p class="hint">{hasSecondFactor ? words.passwords.secondOn(recoveryCodesLeft) : words.passwords.secondOff}</p>
			<SecondFactor again={again} hasOne={hasSecondFactor} />
		</>
	);
}

function ChangeForm() {
	const { chat, words } = usePage();
	const [current, setCurrent] = useState('');
	const [next, setNext] = useState('');
	const [isChanged, setIsChanged] = useState(false);
	const change = async (event: Event) => {
		event.preventDefault();
		const isDone = await chat.attempt(() => chat.api.changePassword({ current, next }));
		setIsChanged(isDone);
		if (!isDone) return;
		setCurrent('');
		setNext('');
	};
	return (
		<form class="password-form" onSubmit={(event) => void change(event)}>
			<PasswordField label={words.passwords.current} kind="current" value={current} onInput={setCurrent} />
			<PasswordField label={words.passwords.next} kind="new" value={next} hint={words.passwords.rule} onInput={setNext} />
			<button type="submit" class="primary">
				{words.passwords.change}
			</button>
			<p role="status">{isChanged ? words.passwords.changed : ''}</p>
		</form>
	);
}

/** First the password, then the app, then codes for whoever loses that. */
function SecondFactor({ hasOne, again }: { hasOne: boolean; again(): void }) {
	const { chat, words } = usePage();
	const id = useId();
	const [password, setPassword] = useState('');
	const [begun, setBegun] = useState<BegunFactor | null>(null);
	const [code, setCode] = useState('');
	const [codes, setCodes] = useState<readonly string[] | null>(null);

	const begin = async (event: Event) => {
		event.preventDefault();
		if (await chat.attempt(async () => setBegun(await chat.api.beginFactor({ password })))) setPassword('');
	};
	const keep = async (event: Event) => {
		event.preventDefault();
		const isKept = await chat.attempt(async () => setCodes((await chat.api.keepFactor({ code })).recoveryCodes));
		if (!isKept) return;
		setBegun(null);
		again();
		void chat.enter();
	};

	if (codes !== null) {
		return (
			<div role="status" class="made-token">
				<span>{words.passwords.recovery}</span>
				<code>{codes.join('\n')}</code>
				<CopyButton text={codes.join('\n')} isSaid />
			</div>
		);
	}
	if (begun === null) {
		return (
			<form class="password-form" onSubmit={(event) => void begin(event)}>
				<PasswordField label={words.passwords.current} kind="current" value={password} onInput={setPassword} />
				<button type="submit">{hasOne ? words.passwords.beginAnew : words.passwords.begin}</button>
			</form>
		);
	}
	return (
		<form class="password-form" onSubmit={(event) => void keep(event)}>
			<p>{words.passwords.toApp}</p>
			<div class="made-token">
				<code>{begun.secret}</code>
				<CopyButton text={begun.secret} isSaid />
				<a href={begun.address}>{words.passwords.openApp}</a>
			</div>
			<label for={`${id}-code`}>{words.passwords.code}</label>
			<input
				id={`${id}-code`}
				autocomplete="one-time-code"
				inputMode="numeric"
				required
				maxLength={60}
				value={code}
				onInput={(event) => setCode(event.currentTarget.value)}
			/>
			<button type="submit" class="primary">
				{words.passwords.keep}
			</button>
		</form>
	);
}
