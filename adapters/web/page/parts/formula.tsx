/** A formula: drawn by the browser as MathML, by a part of the page that comes when it is needed; until then, and where it cannot be read, its TeX. */

import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { usePage } from './page-context.ts';

interface FormulaProps {
	tex: string;
	/** In a line of its own. */
	isApart: boolean;
}

export function Formula({ tex, isApart }: FormulaProps) {
	const { words } = usePage();
	const frame = useRef<HTMLSpanElement>(null);
	const drawn = useDrawn(tex, isApart);
	useLayoutEffect(() => {
		if (drawn !== null) frame.current?.replaceChildren(drawn);
	}, [drawn]);
	const shown = drawn === null ? <code dir="ltr">{tex}</code> : <span ref={frame} class="drawn" />;
	if (!isApart) return <span class="formula">{shown}</span>;
	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
		<section class="formula apart" tabIndex={0} aria-label={words.message.formula}>
			{shown}
		</section>
	);
}

function useDrawn(tex: string, isApart: boolean): Element | null {
	const [drawn, setDrawn] = useState<{ tex: string; math: Element } | null>(null);
	useEffect(() => {
		let isOver = false;
		const draw = async () => {
			const { drawFormula } = await import('./formula-drawing.ts');
			const math = isOver ? null : drawFormula(tex, isApart);
			if (math !== null) setDrawn({ tex, math });
		};
		// Where a part of the page cannot be had, the TeX is there all the same.
		draw().catch(() => {});
		return () => {
			isOver = true;
		};
	}, [tex, isApart]);
	return drawn?.tex === tex ? drawn.math : null;
}
