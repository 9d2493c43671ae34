/** Which roles may use which models. */

import { useState } from 'preact/hooks';
import type { ModelStandingView } from '#src/api/contract/operating.ts';
import { useAdminWords } from './admin-words.ts';
import { Outcome } from './order-room.tsx';
import { useOrder } from './use-order.ts';

type Role = ModelStandingView['roles'][number];

export function RoleModels({ standing: { roles, offered }, onSaved }: { standing: ModelStandingView; onSaved(): void }) {
	const { models: words } = useAdminWords();
	const { result, isBusy, give } = useOrder();
	const save = async (role: string, value: string) => {
		if (await give(`admin limit ${role} models ${value}`)) onSaved();
	};
	return (
		<section class="order-form">
			<h2>{words.roles}</h2>
			<p class="hint">{words.rolesAbout}</p>
			{roles.map((role) => (
				<RoleRow key={`${role.name} ${role.models}`} {...{ role, offered, isBusy }} onSave={(value) => void save(role.name, value)} />
			))}
			<Outcome result={result} />
		</section>
	);
}

interface RoleRowProps {
	role: Role;
	offered: readonly string[];
	isBusy: boolean;
	onSave(value: string): void;
}

function RoleRow({ role: { name, models }, offered, isBusy, onSave }: RoleRowProps) {
	const { models: words } = useAdminWords();
	const [kind, setKind] = useState(models === null ? 'none' : models === 'standard' ? 'standard' : 'some');
	const [allowed, setAllowed] = useState<readonly string[]>(Array.isArray(models) ? models : []);
	const names = [...new Set([...offered, ...allowed])];
	const toggle = (model: string) => setAllowed(allowed.includes(model) ? allowed.filter((one) => one !== model) : [...allowed, model]);
	const submit = (event: Event) => {
		event.preventDefault();
		if (!isBusy) onSave(kind === 'some' ? allowed.join(',') : kind);
	};
	return (
		<form class="setting" onSubmit={submit}>
			<label for={`models-of-${name}`}>{words.modelsOf(name)}</label>
			<div class="setting-choice">
				<select id={`models-of-${name}`} value={kind} onChange={(event) => setKind(event.currentTarget.value)}>
					<option value="standard">{words.usual}</option>
					<option value="none">{words.all}</option>
					<option value="some">{words.some}</option>
				</select>
				<button type="submit" disabled={isBusy || (kind === 'some' && allowed.length === 0)} aria-label={words.saveOf(name)}>
					{words.save}
				</button>
			</div>
			{kind === 'some' && (
				<fieldset class="one-of">
					<legend class="unseen">{words.modelsOf(name)}</legend>
					{names.map((model) => (
						<label key={model}>
							<input type="checkbox" checked={allowed.includes(model)} onChange={() => toggle(model)} />
							<span>{model}</span>
						</label>
					))}
				</fieldset>
			)}
		</form>
	);
}
