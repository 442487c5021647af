// Has to be loaded before @peculiar/x509.
import 'reflect-metadata';

export * as x509 from '@peculiar/x509';
