import type { PartnerRecord, UserRecord } from '../data';

/** How the texts of the seed name a person. */
export type PersonKey =
  'dev' | 'mara' | 'jonas' | 'priya' | 'tomas' | 'aiko' | 'lena' | 'sam' | 'viewer' | 'outsider';

interface Person {
  name: string;
  email: string;
  password: string;
  kind: UserRecord['kind'];
  admin?: true;
  /** Of the picture; without one the client draws initials. */
  color?: string;
}

const staff = (name: string, first: string, color?: string): Person => ({
  name,
  email: `${first}@example.com`,
  password: 'demo',
  kind: 'internal',
  ...(color && { color }),
});

const PEOPLE: Record<PersonKey, Person> = {
  dev: { ...staff('Alex Rivera', 'dev', '#5794dd'), admin: true },
  mara: staff('Mara Lindqvist', 'mara', '#9f628f'),
  jonas: staff('Jonas Weber', 'jonas'),
  priya: staff('Priya Raman', 'priya', '#dc8534'),
  tomas: staff('Tomás Ortega', 'tomas', '#41a9a2'),
  aiko: staff('Aiko Tanaka', 'aiko', '#ee2f8a'),
  lena: staff('Lena Fischer', 'lena'),
  sam: staff('Sam Okafor', 'sam', '#61c36e'),
  viewer: { name: 'Vera Novak', email: 'viewer@example.com', password: 'viewer', kind: 'portal' },
  outsider: { name: 'Oscar Blum', email: 'outsider@example.com', password: 'outsider', kind: 'portal' },
};

const keys = Object.keys(PEOPLE) as PersonKey[];

// User and partner numbers differ, as in Odoo: whoever mixes them up shall notice.
export const isPersonKey = (text: string): text is PersonKey => Object.hasOwn(PEOPLE, text);
export const nameOf = (key: PersonKey): string => PEOPLE[key].name;
export const partnerIdOf = (key: PersonKey): number => 11 + keys.indexOf(key);
const userIdOf = (key: PersonKey): number => 2 + keys.indexOf(key);

/** Head and shoulders, as a small picture that any page may show. */
const avatar = (color: string): string => {
  const path = (fill: string, d: string) => `<path fill="${fill}" d="${d}"/>`;
  const shapes = path(color, 'M0 0h8v8H0z') + path('#fff', 'M4 1.5a1.5 1.5 0 1 0 .1 0M1 8a3 3 0 0 1 6 0');
  return `data:image/svg+xml;base64,${btoa(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">${shapes}</svg>`)}`;
};

export const seedPartners = (): PartnerRecord[] =>
  keys.map((key) => {
    const { name, email, color } = PEOPLE[key];
    return { id: partnerIdOf(key), name, email, ...(color && { avatar: avatar(color) }) };
  });

export const seedUsers = (): UserRecord[] =>
  keys.map((key) => {
    const { email, password, kind, admin = false } = PEOPLE[key];
    return {
      id: userIdOf(key),
      login: email,
      password,
      partner: partnerIdOf(key),
      kind,
      admin,
      tz: null, // the days of whoever tries it are those of their machine
      lang: 'en_US',
    };
  });
