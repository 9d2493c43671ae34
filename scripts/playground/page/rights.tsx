/** What one can try to see that people have different rights. */

import type { Person } from '../wire.ts';
import { firstWord } from './selectors.ts';
import { useStage } from './stage.ts';

export function Rights() {
	const { view, words } = useStage();
	const nameOf = (standing: Person['standing']) =>
		firstWord(Object.values(view.people).find((person) => person.standing === standing)?.name ?? '');
	const lines = [
		words.rightsLink(nameOf('employee')),
		words.rightsAdmin(nameOf('admin')),
		words.rightsOutside(nameOf('guest'), nameOf('external')),
	];
	return (
		<ul class="rights">
			{lines.map(({ who, what }) => (
				<li key={who}>
					<b>{who}</b> {what.split('`').map((piece, index) => (index % 2 === 1 ? <code key={index}>{piece}</code> : piece))}
				</li>
			))}
		</ul>
	);
}
