/** Signing in with a name and a password, and with a code where the account asks for one. */

import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { ApiProblem } from '../state/api-client.ts';
import { usePage } from './page-context.ts';
import { PasswordField } from './password-field.tsx';

export function PasswordForm() {
	const { chat, words } = usePage();
	const id = useId();
	const codeField = useRef<HTMLInputElement>(null);
	const [name, setName] = useState('');
	const [password, setPassword] = useState('');
	const [code, setCode] = useState<string | null>(null);
	const [problem, setProblem] = useState('');
	const [isBusy, setIsBusy] = useState(false);
	useLayoutEffect(() => {
		if (code === '') codeField.current?.focus();
	}, [code === null]);

	const signIn = async (event: Event) => {
		event.preventDefault();
		if (isBusy) return;
		setIsBusy(true);
		setProblem('');
		try {
			const { state } = await chat.api.usePassword({ name, password, ...(code === null ? {} : { code }) });
			if (state === 'code-needed') setCode('');
			else await chat.enter();
		} catch (thrown) {
			setProblem((thrown instanceof ApiProblem && thrown.message) || words.line.trouble);
		} finally {
			setIsBusy(false);
		}
	};
	return (
		<form class="password-form" aria-label={words.passwords.title} onSubmit={(event) => void signIn(event)}>
			{problem !== '' && <p role="alert">{problem}</p>}
			<label for={`${id}-name`}>{words.passwords.name}</label>
			<input
				id={`${id}-name`}
				autocomplete="username"
				autocapitalize="none"
				spellcheck={false}
				required
				maxLength={100}
				value={name}
				onInput={(event) => setName(event.currentTarget.value)}
			/>
			<PasswordField label={words.passwords.password} kind="current" value={password} onInput={setPassword} />
			{code !== null && (
				<>
					<label for={`${id}-code`}>{words.passwords.code}</label>
					<input
						id={`${id}-code`}
						ref={codeField}
						autocomplete="one-time-code"
						autocapitalize="none"
						spellcheck={false}
						required
						maxLength={60}
						aria-describedby={`${id}-code-hint`}
						value={code}
						onInput={(event) => setCode(event.currentTarget.value)}
					/>
					<p class="hint" id={`${id}-code-hint`}>
						{words.passwords.codeHint}
					</p>
				</>
			)}
			<button type="submit" class="primary" disabled={isBusy}>
				{words.passwords.signIn}
			</button>
		</form>
	);
}
