/** The words that hold a sentence together and say nothing by themselves, in Spanish and English, as `words` gives them. */

import type { TextLanguage } from './stems.ts';

const lists: Readonly<Record<TextLanguage, string>> = {
	es: `a al algo algun alguna algunas alguno algunos ante antes aquel aquella aquellas aquello aquellos aqui asi aun aunque bajo bien cada casi como con
contra cual cuales cuando cuanto de del desde donde dos durante e el ella ellas ello ellos en entonces entre era eran eres es esa esas ese eso esos
esta estaba estaban estamos estan estar estas este esto estos estoy fue fueron fui ha haber habia habian han has hasta hay haya he hemos hizo hoy
la las le les lo los mas me mi mientras mis mismo misma mismos mismas mucho muchos muy nada ni ningun ninguna ninguno no nos nosotros nuestra nuestro
nuestras nuestros o os otra otras otro otros para pero poco por porque pues que quien quienes se segun ser sera si sido sin sino sobre sois solo
somos son soy su sus suya suyo tal tales tambien tampoco tan tanto te tenia tiene tienen toda todas todo todos tras tu tus u un una unas uno unos
usted ustedes va vamos van y ya yo ser estar haber tener tienes poder podra puede pueden puedes puedo deber debe deben debes`,
	en: `a about above after again against all also am an and any are as at be because been before being below between both but by can could did do does
doing down during each either else even ever every few for from further had has have having he her here hers him his how i if in into is it its
itself just may me might more most much must my neither no nor not now of off on once only or other our ours out over own per same shall she should
since so some such than that the their theirs them then there these they this those through thus to too under until up upon us very via was we were
what when where whether which while who whom whose why will with within without would yet you your yours dont doesnt isnt arent wasnt cannot cant wont`,
};

const byLanguage = { es: new Set(lists.es.split(/\s+/)), en: new Set(lists.en.split(/\s+/)) };

/** Of that language, or of either where it is not known. */
export function isFunctionWord(word: string, language: TextLanguage | null): boolean {
	return language === null ? byLanguage.es.has(word) || byLanguage.en.has(word) : byLanguage[language].has(word);
}
