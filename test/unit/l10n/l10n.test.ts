import assert from 'node:assert/strict';
import { plural, speak, t } from '../../../src/l10n/l10n';

describe('speaking a language', () => {
  afterEach(() => speak('en', undefined));

  it('fills values in, whatever they hold', () => {
    assert.equal(t('{0} at {1}', 'a{1}$&', 'b'), 'a{1}$& at b');
    assert.equal(t('{0}'), '{0}', 'a value that is missing shows');
  });

  it('takes texts from the bundle, and English where it has none', () => {
    speak('fr', { '{0} of {1}': '{0} sur {1}' });
    assert.equal(t('{0} of {1}', 1, 2), '1 sur 2');
    assert.equal(t('Refresh'), 'Refresh');
  });

  it('draws the line between one and many where the language does', () => {
    const cards = (count: number) => plural(count, '{0} card', '{0} cards');
    assert.deepEqual([0, 1, 2].map(cards), ['0 cards', '1 card', '2 cards']);
    speak('fr', { '{0} card': '{0} carte', '{0} cards': '{0} cartes' });
    assert.deepEqual([0, 1, 2].map(cards), ['0 carte', '1 carte', '2 cartes']);
    speak('fr', undefined);
    assert.equal(cards(0), '0 cards', 'English texts follow English rules');
  });

  it('speaks English where the language is unknown', () => {
    speak('qps-ploc!', { Refresh: '[Refresh]' });
    assert.equal(t('Refresh'), '[Refresh]');
    assert.equal(plural(1, '{0} card', '{0} cards'), '1 card');
  });
});
