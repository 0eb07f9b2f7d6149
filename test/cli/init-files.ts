// The files of a small shop: a pool of ten, and eight pods.

export const pool = `spring:
  datasource:
    url: jdbc:postgresql://db/shop
    password: hunter2-secret
    hikari:
      maximum-pool-size: 10
`;

export const pods = `apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  replicas: 8
  template: { spec: { containers: [{ name: shop, image: shop }] } }
`;
