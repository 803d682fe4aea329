import type { PartnerRecord, UserRecord } from '../../records/data';

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

const SIDE = 32;
/** Head and shoulders in the colours 0 (the ground) to 3 (white), as the GIF's compressed pixels. */
const SHAPES =
  'Al2Ej6nL7Q+jnLTaO4MYQwScbNwogIY4kmCQtsN3oW6HzW1tj5jslhebg8VsPhCPZjJoOJ6k81lZkoTDXDGTa1EfwGxqy+h6v5Cx7XE0Ixnqc7g9A5/gPTbdZb+nEAUAOw==';

/** Head and shoulders, as a picture so small that it may stand in every answer. */
const avatar = (color: string): string => {
  const ground = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  const palette = [0, 1, 2, 3].flatMap((step) =>
    ground.map((part) => Math.round(part + ((255 - part) * step) / 3)),
  );
  const screen = [SIDE, 0, SIDE, 0, 0xf1, 0, 0]; // with four colours of its own
  const frame = [0x2c, 0, 0, 0, 0, SIDE, 0, SIDE, 0, 0];
  const head = String.fromCharCode(...screen, ...palette, ...frame);
  return `data:image/gif;base64,${btoa(`GIF89a${head}${atob(SHAPES)}`)}`;
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
